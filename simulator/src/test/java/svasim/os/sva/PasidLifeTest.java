package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.SimpleIommu;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciPath;
import svasim.os.mm.Mm;
import svasim.trace.Kind;

/** One number on several devices, and what the trace is told of it. */
class PasidLifeTest {
    private OsUnderTest system;
    private PasidLives lives;
    private PasidLife life;
    private PciDevice dev0;
    private PciDevice dev1;
    private PasidEntry first;
    private PasidEntry second;
    private Mm mm;

    @BeforeEach
    void allocate() {
        system = OsUnderTest.plain();
        mm = system.os().spaces().create("mm");
        dev0 = device("dev0", 0x0100, new SimpleIommu(0));
        dev1 = device("dev1", 0x0200, new SimpleIommu(1));
        lives = lives(PasidConfig.Space.SYSTEM);
        life = lives.allocate(8, dev0, mm);
        first = new PasidEntry(dev0, life.pasid(), mm);
        second = new PasidEntry(dev1, life.pasid(), mm);
    }

    private PasidLives lives(PasidConfig.Space space) {
        PasidConfig config = PasidConfig.UNDECIDED.orElse(space, PasidConfig.Order.LOWEST);
        return new PasidLives(config, system.platform());
    }

    private PciDevice device(String name, int requesterId, SimpleIommu iommu) {
        return system.os()
                .addDevice(name, requesterId, OsUnderTest.capable(20), PciPath.INTEGRATED, iommu);
    }

    private List<String> states() {
        return system.recorder().pasidStates();
    }

    @Test
    void shouldBeCutOnlyWhenNoDeviceTranslates() {
        life.bound(first);
        life.bound(second);
        life.cut(first);
        assertEquals(PasidState.BOUND, life.state());
        life.cut(second);

        assertEquals(List.of("1:allocated", "1:bound", "1:cut"), states());
    }

    @Test
    void shouldBeDrainedOnlyWhenAllDevicesAre() {
        life.bound(first);
        life.bound(second);
        life.cut(first);
        life.drained(first);
        life.cut(second);
        assertEquals(PasidState.CUT, life.state());
        life.drained(second);

        assertEquals(PasidState.DRAINED, life.state());
    }

    @Test
    void shouldNotBeDrainedWhileAnotherDeviceIsBound() {
        life.bound(first);
        life.bound(second);
        life.cut(first);
        life.drained(first);

        assertEquals(PasidState.BOUND, life.state());
    }

    @Test
    void shouldTellEachDevice() {
        life.bound(first);
        life.bound(second);
        life.cut(second);

        var bound = system.recorder().of(Kind.BOUND);
        assertEquals(List.of(0x0100L, 0x0200L), bound.stream().map(seen -> seen.b()).toList());
        assertEquals(0x0200L, system.recorder().of(Kind.CUT).get(0).b());
        assertEquals(mm.id(), system.recorder().of(Kind.CUT).get(0).c());
    }

    @Test
    void shouldIgnoreWhatHappensToNumberThatWasFreedTooEarly() {
        life.bound(first);
        life.free();
        life.cut(first);
        life.drained(first);

        assertEquals(List.of("1:allocated", "1:bound", "1:freed"), states());
    }

    @Test
    void shouldTellAllocationAndFreeWithSpace() {
        life.free();

        assertEquals(0, system.recorder().of(Kind.PASID_ALLOCATED).get(0).c());
        assertEquals(1, system.recorder().of(Kind.PASID_FREED).get(0).a());
        assertEquals(0, lives.inUse());
    }

    private List<Integer> numbers(PasidConfig.Space space) {
        PciDevice neighbour = device("dev2", 0x0300, (SimpleIommu) dev0.iommu());
        PasidLives own = lives(space);
        return Stream.of(dev0, dev1, neighbour)
                .map(device -> own.allocate(8, device, mm).pasid())
                .toList();
    }

    @Test
    void shouldCountForTheWholeSystem() {
        assertEquals(List.of(1, 2, 3), numbers(PasidConfig.Space.SYSTEM));
    }

    @Test
    void shouldCountForEachIommu() {
        assertEquals(List.of(1, 1, 2), numbers(PasidConfig.Space.IOMMU));
    }

    @Test
    void shouldCountForEachDevice() {
        assertEquals(List.of(1, 1, 1), numbers(PasidConfig.Space.DEVICE));
    }

    @Test
    void shouldAllocateNothingBeyondLimit() {
        assertNull(lives(PasidConfig.Space.SYSTEM).allocate(1, dev0, mm));
        assertEquals(1, system.recorder().of(Kind.PASID_ALLOCATED).size());
    }
}
