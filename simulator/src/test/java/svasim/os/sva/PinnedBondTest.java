package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.paging.Access;
import svasim.trace.Kind;

/** The bonds of the policy of 2015, step by step (reference of the life of a PASID, 2.4). */
class PinnedBondTest {
    private PolicyUnderTest policy;
    private Mm mm;

    @BeforeEach
    void pin() {
        policy = new PolicyUnderTest(new OsUnderTest.Setup().policy("intel-pin"));
        mm = policy.mm("mm");
    }

    @Test
    void shouldHoldContentsOnceAndStructByNotifier() {
        policy.bind(policy.dev0(), mm);

        assertEquals(2, mm.users());
        assertEquals(2, mm.count());
    }

    @Test
    void shouldUseOneNumberAndOnePinForAllDevicesOfAUnit() {
        Bond first = policy.bind(policy.dev0(), mm);
        Bond second = policy.bind(policy.dev1(), mm);

        assertEquals(first.pasid(), second.pasid());
        assertEquals(2, mm.users());
        assertEquals(List.of("install 1", "install 1"), policy.done());
    }

    @Test
    void shouldCountNumbersOfEachUnitByThemselves() {
        policy.bind(policy.dev0(), policy.mm("other"));
        assertEquals(2, policy.bind(policy.dev0(), mm).pasid());
        assertEquals(1, policy.bind(policy.far(), mm).pasid());

        assertEquals(3, mm.users());
        assertEquals(3, policy.pasidsInUse());
        var spaces = policy.system().recorder().of(Kind.PASID_ALLOCATED);
        assertEquals(List.of(1L, 1L, 2L), spaces.stream().map(seen -> seen.c()).toList());
    }

    @Test
    void shouldRunBindInItsOrder() {
        policy.bind(policy.dev0(), mm);

        policy.system()
                .recorder()
                .assertOrder(
                        "intel_svm_bind_mm/check device",
                        "intel_svm_bind_mm/take pasid_mutex",
                        "intel_svm_bind_mm/find device of mm",
                        "intel_svm_bind_mm/idr_alloc",
                        "intel_svm_bind_mm/hold mm_users",
                        "intel_svm_bind_mm/mmu_notifier_register",
                        "intel_svm_bind_mm/set PASID entry",
                        "simple/begin",
                        "intel_svm_bind_mm/publish PASID",
                        "intel_svm_bind_mm/release pasid_mutex");
    }

    @Test
    void shouldRunLastUnbindInItsOrder() {
        policy.unbind(policy.bind(policy.dev0(), mm));

        policy.system()
                .recorder()
                .assertOrder(
                        "intel_svm_unbind_mm/take pasid_mutex",
                        "intel_svm_unbind_mm/drop user",
                        "intel_svm_unbind_mm/flush PASID-cache, IOTLB, device-TLB",
                        "intel_svm_unbind_mm/clear PASID entry",
                        "intel_svm_unbind_mm/remove device",
                        "intel_svm_unbind_mm/forget device",
                        "intel_svm_unbind_mm/idr_remove",
                        "intel_svm_unbind_mm/mmu_notifier_unregister",
                        "intel_svm_unbind_mm/mmput",
                        "intel_svm_unbind_mm/release pasid_mutex");
        assertEquals(List.of("install 1", "flush 1", "erase 1", "forget 1"), policy.done());
    }

    @Test
    void shouldKeepPinUntilLastDeviceOfTheUnitIsUnbound() {
        Bond first = policy.bind(policy.dev0(), mm);
        Bond second = policy.bind(policy.dev1(), mm);

        policy.unbind(first);
        assertEquals(2, mm.users());
        assertEquals(1, policy.pasidsInUse());
        assertNull(policy.dev0().device().handle(1));
        assertSame(mm, policy.dev1().device().handle(1));

        policy.unbind(second);
        assertEquals(1, mm.users());
        assertEquals(1, mm.count());
        assertEquals(0, policy.pasidsInUse());
    }

    @Test
    void shouldGiveNumberAwayWhileItsFormerOwnerLives() {
        policy.unbind(policy.bind(policy.dev0(), mm));

        assertEquals(1, policy.bind(policy.dev0(), policy.mm("next")).pasid());
        assertEquals(2, policy.bind(policy.dev0(), mm).pasid());
    }

    @Test
    void shouldKeepContentsWhenLastThreadLeaves() {
        Bond bond = policy.bind(policy.dev0(), mm);

        policy.exit(mm);
        assertEquals(Mm.Life.ALIVE, mm.life());
        assertTrue(policy.system().recorder().of(Kind.CUT).isEmpty());

        policy.unbind(bond);
        assertEquals(Mm.Life.FREED, mm.life());
    }

    @Test
    void shouldFindNothingToEraseInReleaseOfItsNotifier() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.exit(mm);
        policy.unbind(bond);

        assertEquals(1, policy.done().stream().filter("erase 1"::equals).count());
        assertTrue(policy.system().recorder().steps().contains("exit_mmap/begin"));
        assertTrue(
                !policy.system().recorder().steps().contains("intel_mm_release/clear PASID entry"));
    }

    @Test
    void shouldNeverBeDrained() {
        policy.unbind(policy.bind(policy.dev0(), mm));

        assertEquals(
                List.of("1:allocated", "1:bound", "1:cut", "1:freed"),
                policy.system().recorder().pasidStates());
    }

    @Test
    void shouldCountUsersOfTheSameBond() {
        Bond first = policy.bind(policy.dev0(), mm);
        Bond again = policy.bind(policy.dev0(), mm);
        assertSame(first, again);
        assertEquals(2, mm.users());

        policy.unbind(first);
        assertEquals(List.of("install 1"), policy.done());
        policy.unbind(again);
        assertEquals(List.of("install 1", "flush 1", "erase 1", "forget 1"), policy.done());
    }

    @Test
    void shouldInvalidateAllDevicesOfTheUnitTogether() {
        policy.bind(policy.dev0(), mm);
        Bond second = policy.bind(policy.dev1(), mm);
        policy.done().clear();

        mapAndUnmap();
        policy.unbind(second);
        mapAndUnmap();

        assertEquals(
                List.of("invalidate 2", "flush 1", "erase 1", "forget 1", "invalidate 1"),
                policy.done());
    }

    private void mapAndUnmap() {
        Mmap mmap = mm.mapAnonymous(4096, Access.READ | Access.WRITE);
        policy.system().finish(mmap.call());
        policy.system().finish(mm.unmap(mmap.start(), 4096));
    }

    @Test
    void shouldRefuseNumberThatIsTooWideForSecondDevice() {
        policy.bind(policy.dev0(), policy.mm("first"));
        policy.bind(policy.dev0(), mm);
        policy.dev1().iommu().limit(3);

        assertEquals("no PASID is free below 2 (-ENOSPC)", policy.refusal(policy.dev1(), mm));
        assertEquals(2, mm.users());
    }

    @Test
    void shouldPinNothingForRefusedDevice() {
        policy.dev0().iommu().refuse("no");
        policy.refusal(policy.dev0(), mm);

        assertEquals(1, mm.users());
        assertEquals(0, policy.pasidsInUse());
    }
}
