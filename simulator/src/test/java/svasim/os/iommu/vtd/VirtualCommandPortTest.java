package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.iommu.core.VirtualCommands;
import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PciPath;
import svasim.os.mm.Mm;
import svasim.os.reference.Node;
import svasim.os.sva.BindRequest;

/** A guest that has the PASIDs of its host: it asks for each by a virtual command. */
class VirtualCommandPortTest {
    private static final VtdConfig EMULATED =
            VtdConfig.defaults().withFeatures(Map.of("ECAP.VCS", 1L));

    private final List<String> asked = new ArrayList<>();
    private final TreeSet<Integer> free = new TreeSet<>(List.of(70, 71));
    private DriverUnderTest guest;
    private Node holder;

    private void start(String policy) {
        var setup = new OsUnderTest.Setup().policy(policy);
        guest =
                new DriverUnderTest(
                        new DriverUnderTest.Parts(
                                setup,
                                around -> new VtdIommu(EMULATED, around, new Host()),
                                VtdDriver::new,
                                OsUnderTest.capable(20),
                                PciPath.INTEGRATED,
                                IommuOptions.defaults()));
        guest.system().run();
        holder = guest.system().platform().references().node("holder");
    }

    /** Answers a microsecond later. */
    private final class Host implements VirtualCommands {
        @Override
        public void allocate(IntConsumer done) {
            asked.add("allocate");
            Integer number = free.pollFirst();
            later(() -> done.accept(number == null ? NONE : number));
        }

        @Override
        public void free(int pasid, IntConsumer done) {
            asked.add("free " + pasid);
            free.add(pasid);
            later(() -> done.accept(pasid));
        }

        private void later(Runnable action) {
            guest.system().kernel().after(1_000_000, (now, kind, data) -> action.run(), 0, 0);
        }
    }

    private Mm mm(String name) {
        Mm mm = guest.system().os().spaces().create(name);
        mm.getUsers(holder);
        return mm;
    }

    private BindRequest bind(Mm mm) {
        BindRequest request = new BindRequest(guest.device(), mm, holder);
        guest.system().finish(guest.system().os().sva().bind(request));
        return request;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux-7.1",
                "x86-mm",
                "x86-exit",
                "ioasid-ref",
                "intel-pin",
                "amd-release",
                "process-rfc"
            })
    void shouldAskHostForEachNumberAndGiveItBack(String policy) {
        start(policy);
        Mm mm = mm("mm");

        BindRequest request = bind(mm);
        assertNull(request.refusal());
        assertEquals(70, request.bond().pasid());
        guest.system().finish(guest.system().os().sva().unbind(request.bond()));
        guest.system().finish(mm.putUsers(holder));

        assertEquals(List.of("allocate", "free 70"), asked);
    }

    @Test
    void shouldAskOnceForAddressSpaceThatBindsTwice() {
        start("linux-7.1");
        Mm mm = mm("mm");
        bind(mm);
        bind(mm);

        assertEquals(List.of("allocate"), asked);
    }

    @Test
    void shouldRefuseBindWhenHostHasNoNumber() {
        start("linux-7.1");
        bind(mm("first"));
        bind(mm("second"));

        assertEquals("no PASID is free below 1048576 (-ENOSPC)", bind(mm("third")).refusal());
        assertEquals(3, asked.size());
    }

    @Test
    void shouldHaveItsOwnNumbersWithoutVirtualCommands() {
        start("linux-7.1");
        var own =
                new DriverUnderTest(
                        new DriverUnderTest.Parts(
                                new OsUnderTest.Setup(),
                                around -> new VtdIommu(EMULATED, around),
                                VtdDriver::new,
                                OsUnderTest.capable(20),
                                PciPath.INTEGRATED,
                                IommuOptions.defaults()));
        own.system().run();

        assertNull(own.driver().pasidSource());
    }
}
