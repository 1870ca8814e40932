package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.defect.Defect;
import svasim.os.sva.GuestsUnderTest.Holder;
import svasim.os.sva.PasidUser.Rank;

/** The numbers of virtual machines: references, notifications, quotas (reference 2.9). */
class PasidSetTest {
    private final List<String> told = new ArrayList<>();
    private GuestsUnderTest host;
    private PasidSet vm0;
    private PasidSet vm1;

    @BeforeEach
    void start() {
        start(new OsUnderTest.Setup());
    }

    private void start(OsUnderTest.Setup setup) {
        host = new GuestsUnderTest(setup);
        vm0 = host.set("vm0", 2);
        vm1 = host.set("vm1", null);
    }

    private Holder holder(Rank rank, String name) {
        Holder holder = new Holder(rank, name, told);
        vm0.add(holder);
        return holder;
    }

    @Test
    void shouldGiveEachGuestItsOwnNumbersFromOne() {
        SetPasid first = host.allocate(vm0);
        SetPasid second = host.allocate(vm1);

        assertEquals(1, first.guest());
        assertEquals(1, second.guest());
        assertNotEquals(first.host(), second.host());
    }

    @Test
    void shouldUseSystemsNumberWhereGuestHasNoOwn() {
        PasidSet set = host.sva().newSet("vm2", null, PasidSet.Numbering.HOST);
        host.allocate(vm0);

        assertEquals(2, host.allocate(set).guest());
    }

    @Test
    void shouldCountReferencesFromOneToFourAndBack() {
        holder(Rank.CPU, "KVM");
        SetPasid number = host.allocate(vm0);
        assertEquals(1, number.references());

        assertNull(host.bind(number, host.dev0()));
        assertEquals(3, number.references(), "IOMMU, and KVM that was told of it");
        assertTrue(number.get("VDCM"));
        assertEquals(4, number.references());

        number.put("VDCM");
        host.unbind(vm0, number.guest(), host.dev0());
        assertEquals(1, number.references());
        host.free(vm0, number.guest());
        assertTrue(number.isReclaimed());
        assertEquals(0, host.sva().pasidsInUse());
    }

    @Test
    void shouldTellOfFirstBindAndLastUnbindOnly() {
        holder(Rank.CPU, "KVM");
        SetPasid number = host.allocate(vm0);

        host.bind(number, host.dev0());
        host.bind(number, host.dev1());
        host.unbind(vm0, number.guest(), host.dev0());
        host.unbind(vm0, number.guest(), host.dev1());

        assertEquals(List.of("ALLOC KVM", "BIND KVM", "UNBIND KVM"), told);
    }

    @Test
    void shouldTellCoresBeforeDevicesBeforeIommuOfFreeInUse() {
        holder(Rank.DEVICE, "VDCM");
        holder(Rank.CPU, "KVM");
        SetPasid number = host.allocate(vm0);
        host.bind(number, host.dev0());
        told.clear();

        host.free(vm0, number.guest());

        assertEquals(List.of("FREE KVM", "FREE VDCM"), told);
        assertEquals(
                List.of("FREE KVM at 3", "FREE VDCM at 2", "FREE IOMMU at 1"),
                host.system().recorder().notifications("FREE"));
        assertTrue(number.isReclaimed());
    }

    @Test
    void shouldFindNoNumberThatIsBeingFreed() {
        SetPasid number = host.allocate(vm0);
        number.get("VDCM");

        host.free(vm0, number.guest());

        assertTrue(number.isFreePending());
        assertFalse(number.isReclaimed());
        assertNull(vm0.find(number.guest()));
        assertFalse(number.get("KVM"));
        assertEquals("PASID 1 is no number of vm0 (-EINVAL)", host.bind(number, host.dev0()));
    }

    @Test
    void shouldFreeOnceHoweverOftenItIsCalled() {
        holder(Rank.CPU, "KVM");
        SetPasid number = host.allocate(vm0);
        number.get("VDCM");
        told.clear();

        host.free(vm0, number.guest());
        host.free(vm0, number.guest());
        host.free(vm0, 17);

        assertEquals(List.of("FREE KVM"), told);
        number.put("VDCM");
        assertTrue(number.isReclaimed());
    }

    @Test
    void shouldKeepPendingNumberFromOthers() {
        SetPasid number = host.allocate(vm0);
        number.get("VDCM");
        host.free(vm0, number.guest());

        assertNotEquals(number.host(), host.allocate(vm1).host());
        assertNotEquals(number.guest(), host.allocate(vm0).guest());
        number.put("VDCM");
        assertEquals(number.host(), host.allocate(vm1).host());
    }

    @Test
    void shouldTearDownEntriesOfNumberFreedWhileBound() {
        SetPasid number = host.allocate(vm0);
        host.bind(number, host.dev0());
        host.bind(number, host.dev1());
        host.done().clear();

        host.free(vm0, number.guest());

        assertEquals(2, host.done().stream().filter(s -> s.startsWith("tear down")).count());
        assertTrue(number.isReclaimed());
        assertNull(host.sva().guestSpace(number.id()));
    }

    @Test
    void shouldIgnoreLateUnbind() {
        SetPasid number = host.allocate(vm0);
        host.bind(number, host.dev0());
        host.free(vm0, number.guest());
        SetPasid next = host.allocate(vm1);
        assertEquals(number.host(), next.host());
        host.bind(next, host.dev0());
        host.done().clear();

        host.unbind(vm0, number.guest(), host.dev0());

        assertEquals(List.of(), host.done());
    }

    @Test
    void shouldDropAllReferencesOfUserThatDies() {
        Holder kvm = holder(Rank.CPU, "KVM");
        SetPasid first = host.allocate(vm0);
        SetPasid second = host.allocate(vm0);
        host.bind(first, host.dev0());
        host.bind(second, host.dev0());

        vm0.remove(kvm);

        assertEquals(2, first.references());
        assertEquals(2, second.references());
    }

    @Test
    void shouldRefuseNumberBeyondQuotaUntilOneIsReclaimed() {
        SetPasid number = host.allocate(vm0);
        host.allocate(vm0);
        number.get("VDCM");

        host.free(vm0, number.guest());
        assertEquals("the set of vm0 owns 2 PASIDs already (-EDQUOT)", host.ask(vm0).refusal());

        number.put("VDCM");
        assertEquals(number.guest(), host.allocate(vm0).guest());
    }

    @Test
    void shouldRefuseWhenSystemIsExhausted() {
        start(new OsUnderTest.Setup().pasids(new PasidConfig(null, null, 2, null, null)));
        host.allocate(vm0);
        host.allocate(vm0);
        host.allocate(vm1);

        assertEquals("no PASID is free below 4 (-ENOSPC)", host.ask(vm1).refusal());
    }

    @Test
    void shouldGiveEverythingBackWhenOwnerEnds() {
        holder(Rank.CPU, "KVM");
        host.bind(host.allocate(vm0), host.dev0());
        host.allocate(vm0);

        host.system().finish(vm0.freeAll());
        host.system().finish(vm0.awaitReclaimed());

        assertEquals(List.of(), vm0.numbers());
        assertEquals(0, host.sva().pasidsInUse());
    }

    @Test
    void shouldNeedNumbersOfSystem() {
        start(
                new OsUnderTest.Setup()
                        .pasids(new PasidConfig(PasidConfig.Space.SYSTEM, null, null, null, null)));
        var device =
                new OsUnderTest.Setup()
                        .pasids(new PasidConfig(PasidConfig.Space.DEVICE, null, null, null, null));

        assertThrows(IllegalArgumentException.class, () -> start(device));
    }

    /** S25: another guest gets the number, and the late unbind is of its entry. */
    @Test
    void shouldGiveNumberAwayTooEarlyWithDefect() {
        start(new OsUnderTest.Setup().defect(Defect.S25));
        SetPasid number = host.allocate(vm0);
        host.bind(number, host.dev0());

        host.free(vm0, number.guest());
        SetPasid next = host.allocate(vm1);
        assertEquals(number.host(), next.host());
        host.bind(next, host.dev0());
        host.done().clear();
        host.unbind(vm0, number.guest(), host.dev0());

        assertTrue(host.done().contains("tear down " + next.host()), host.done()::toString);
    }
}
