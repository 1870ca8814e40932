package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.Script;
import svasim.os.defect.Defect;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.trace.Kind;

/** Linux 7.1, step by step (reference of the life of a PASID, 2.10). */
class Linux71Test {
    /** All users of the contents together hold one. */
    private static final int OWN = 1;

    /** The domain by itself, and its notifier. */
    private static final int DOMAIN = 2;

    private PolicyUnderTest policy;
    private Mm mm;

    @BeforeEach
    void plain() {
        use(new OsUnderTest.Setup());
    }

    private void use(OsUnderTest.Setup setup) {
        policy = new PolicyUnderTest(setup);
        mm = policy.mm("mm");
    }

    @Test
    void shouldHoldStructTwiceAndContentsNeverForADomain() {
        policy.bind(policy.dev0(), mm);

        assertEquals(1, mm.users());
        assertEquals(OWN + DOMAIN, mm.count());
    }

    @Test
    void shouldShareDomainAmongDevicesOfAUnit() {
        Bond first = policy.bind(policy.dev0(), mm);
        Bond second = policy.bind(policy.dev1(), mm);

        assertEquals(first.pasid(), second.pasid());
        assertEquals(OWN + DOMAIN, mm.count());
        assertEquals(List.of("install 1", "install 1"), policy.done());
    }

    @Test
    void shouldHaveOneDomainForEachUnitAndOneNumberForAll() {
        Bond near = policy.bind(policy.dev0(), mm);
        Bond far = policy.bind(policy.far(), mm);

        assertEquals(near.pasid(), far.pasid());
        assertEquals(OWN + 2 * DOMAIN, mm.count());
        assertEquals(1, policy.pasidsInUse());
        assertEquals(List.of("install 1"), policy.doneFar());
    }

    @Test
    void shouldPublishHandleOnlyAfterEntryIsInstalled() {
        var request = new BindRequest(policy.dev0().device(), mm, policy.holder());
        var system = policy.system();
        system.platform()
                .scheduler()
                .start("test", Priority.KERNEL, system.os().sva().bind(request));
        system.runToStep("simple/end");
        assertNull(policy.dev0().device().handle(1));

        system.kernel().runUntilQuiet();
        assertSame(mm, policy.dev0().device().handle(1));
    }

    @Test
    void shouldRunBindInItsOrder() {
        policy.bind(policy.dev0(), mm);

        policy.system()
                .recorder()
                .assertOrder(
                        "iommu_sva_bind_device/check device",
                        "iommu_sva_bind_device/take iommu_sva_lock",
                        "iommu_sva_bind_device/iommu_alloc_mm_data",
                        "iommu_sva_bind_device/find handle",
                        "iommu_sva_bind_device/iommu_sva_domain_alloc",
                        "iommu_sva_bind_device/set_dev_pasid",
                        "simple/begin",
                        "iommu_sva_bind_device/publish handle",
                        "iommu_sva_bind_device/release iommu_sva_lock");
    }

    @Test
    void shouldRunUnbindInItsOrder() {
        policy.unbind(policy.bind(policy.dev0(), mm));

        policy.system()
                .recorder()
                .assertOrder(
                        "iommu_sva_unbind_device/take iommu_sva_lock",
                        "iommu_sva_unbind_device/drop user",
                        "iommu_sva_unbind_device/tear down PASID entry",
                        "iommu_sva_unbind_device/drain page requests",
                        "iommu_sva_unbind_device/drop cache tags and IOPF reference",
                        "iommu_sva_unbind_device/erase handle",
                        "iommu_sva_unbind_device/free domain",
                        "iommu_sva_unbind_device/release iommu_sva_lock",
                        "mmu_notifier_free_rcu/wait for SRCU readers");
        assertEquals(List.of("install 1", "tear down 1", "drain 1", "forget 1"), policy.done());
    }

    @Test
    void shouldKeepHandleUntilRequestsAreDrained() {
        Bond bond = policy.bind(policy.dev0(), mm);
        var system = policy.system();
        system.platform()
                .scheduler()
                .start("test", Priority.KERNEL, system.os().sva().unbind(bond));
        system.runToStep("iommu_sva_unbind_device/nothing is under way");
        assertSame(mm, policy.dev0().device().handle(1));

        system.kernel().runUntilQuiet();
        assertNull(policy.dev0().device().handle(1));
    }

    @Test
    void shouldGiveUpDomainWithItsLastDevice() {
        Bond first = policy.bind(policy.dev0(), mm);
        Bond second = policy.bind(policy.dev1(), mm);

        policy.unbind(first);
        assertEquals(OWN + DOMAIN, mm.count());
        policy.unbind(second);
        assertEquals(OWN, mm.count());
    }

    @Test
    void shouldPutNotifierOnlyAfterGracePeriod() {
        use(new OsUnderTest.Setup().choices(Script.of("os.grace=2")));
        Bond bond = policy.bind(policy.dev0(), mm);
        var system = policy.system();
        system.platform()
                .scheduler()
                .start("test", Priority.KERNEL, system.os().sva().unbind(bond));
        system.runToStep("iommu_sva_unbind_device/release iommu_sva_lock").runFor(200_000_000);
        assertEquals(OWN + 1, mm.count());

        system.kernel().runUntilQuiet();
        assertEquals(OWN, mm.count());
    }

    @Test
    void shouldKeepNumberWithAddressSpaceAfterUnbind() {
        Mm other = policy.mm("other");
        policy.unbind(policy.bind(policy.dev0(), other));
        Bond bond = policy.bind(policy.dev0(), mm);
        assertEquals(2, bond.pasid());

        policy.exit(other);
        policy.unbind(bond);

        assertEquals(2, policy.bind(policy.dev0(), mm).pasid());
    }

    @Test
    void shouldGiveLowestNumberAgainAtOnce() {
        policy.unbind(policy.bind(policy.dev0(), mm));
        policy.exit(mm);

        assertEquals(1, policy.bind(policy.dev0(), policy.mm("next")).pasid());
    }

    @Test
    void shouldFreeNumberWithStructNotWithContents() {
        Bond bond = policy.bind(policy.dev0(), mm);

        policy.exit(mm);
        assertEquals(Mm.Life.EMPTY, mm.life());
        assertEquals(1, policy.pasidsInUse());
        policy.unbind(bond);

        assertEquals(Mm.Life.FREED, mm.life());
        assertEquals(0, policy.pasidsInUse());
        var recorder = policy.system().recorder();
        assertTrue(recorder.indexOf(Kind.UNBOUND) < recorder.indexOf(Kind.PASID_FREED));
    }

    @Test
    void shouldNeutraliseEveryDeviceWhenContentsGo() {
        policy.bind(policy.dev0(), mm);
        policy.bind(policy.dev1(), mm);
        policy.bind(policy.far(), mm);
        policy.done().clear();
        policy.doneFar().clear();

        policy.exit(mm);

        assertEquals(List.of("neutralise 1 1"), policy.done());
        assertEquals(List.of("neutralise 1"), policy.doneFar());
        assertEquals(3, policy.system().recorder().of(Kind.CUT).size());
    }

    @Test
    void shouldEraseNeutralEntryAndDrainAtUnbindAfterDeath() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.exit(mm);
        policy.done().clear();

        policy.unbind(bond);

        assertEquals(List.of("erase 1", "drain 1", "forget 1"), policy.done());
        assertEquals(
                List.of("1:allocated", "1:bound", "1:cut", "1:drained", "1:freed"),
                policy.system().recorder().pasidStates());
    }

    @Test
    void shouldStayBoundAsLongAsOneDeviceIs() {
        Bond first = policy.bind(policy.dev0(), mm);
        policy.bind(policy.far(), mm);

        policy.unbind(first);

        assertEquals(List.of("1:allocated", "1:bound"), policy.system().recorder().pasidStates());
    }

    @Test
    void shouldInvalidateEveryUnitOnceForAllItsDevices() {
        policy.bind(policy.dev0(), mm);
        policy.bind(policy.dev1(), mm);
        policy.bind(policy.far(), mm);
        policy.done().clear();
        policy.doneFar().clear();

        mapAndUnmap();

        assertEquals(List.of("invalidate 2"), policy.done());
        assertEquals(List.of("invalidate 1"), policy.doneFar());
    }

    @Test
    void shouldInvalidateNothingAfterUnbindOrAfterRelease() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.unbind(bond);
        policy.done().clear();
        mapAndUnmap();
        assertEquals(List.of(), policy.done());

        policy.bind(policy.dev0(), mm);
        policy.done().clear();
        policy.exit(mm);
        assertEquals(List.of("neutralise 1"), policy.done());
    }

    private void mapAndUnmap() {
        Mmap mmap = mm.mapAnonymous(4096, Access.READ | Access.WRITE);
        policy.system().finish(mmap.call());
        policy.system().finish(mm.unmap(mmap.start(), 4096));
    }

    @Test
    void shouldCountUsersOfTheSameBond() {
        Bond first = policy.bind(policy.dev0(), mm);
        Bond again = policy.bind(policy.dev0(), mm);
        assertSame(first, again);

        policy.unbind(first);
        assertEquals(List.of("install 1"), policy.done());
        policy.unbind(again);
        assertEquals(List.of("install 1", "tear down 1", "drain 1", "forget 1"), policy.done());
    }

    @Test
    void shouldRefuseNumberBeyondLimitOfSecondDevice() {
        policy.bind(policy.dev0(), policy.mm("first"));
        policy.bind(policy.dev0(), mm);
        policy.far().iommu().limit(2);

        assertEquals(
                "PASID 2 of the mm is beyond the limit of 2", policy.refusal(policy.far(), mm));
        assertEquals(List.of(), policy.doneFar());
        assertEquals(OWN + DOMAIN, mm.count());
    }

    @Test
    void shouldRefuseNumberThatIsBusyAtTheDevice() {
        policy.dev0().device().publish(1, policy.mm("other"));

        assertEquals("PASID 1 of the device is busy", policy.refusal(policy.dev0(), mm));
        assertEquals(List.of(), policy.done());
    }

    @Test
    void shouldKeepNumberOfRefusedAddressSpaceUntilItsEnd() {
        policy.dev0().device().publish(1, policy.mm("other"));
        policy.refusal(policy.dev0(), mm);
        assertEquals(1, policy.pasidsInUse());

        policy.exit(mm);
        assertEquals(0, policy.pasidsInUse());
    }

    @Test
    void shouldReleaseLockAfterRefusal() {
        policy.dev0().device().publish(1, policy.mm("other"));
        policy.refusal(policy.dev0(), mm);

        assertEquals(2, policy.bind(policy.dev0(), policy.mm("next")).pasid());
    }

    @Test
    void shouldLetOneBindAtATimeGoOn() {
        use(new OsUnderTest.Setup().choices(Script.of("os.preempt=1")));
        var system = policy.system();
        var first = new BindRequest(policy.dev0().device(), mm, policy.holder());
        var second = new BindRequest(policy.dev0().device(), mm, policy.holder());
        var scheduler = system.platform().scheduler();
        scheduler.start("first", Priority.KERNEL, system.os().sva().bind(first));
        scheduler.start("second", Priority.KERNEL, system.os().sva().bind(second));
        system.kernel().runUntilQuiet();

        assertSame(first.bond(), second.bond());
        assertEquals(List.of("install 1"), policy.done());
    }

    @Test
    void shouldFailUnbindOfBondThatHasEnded() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.unbind(bond);

        assertThrows(IllegalStateException.class, () -> policy.unbind(bond));
    }

    @Test
    void shouldNotDrainAtAllWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.I_33));
        policy.unbind(policy.bind(policy.dev0(), mm));

        assertEquals(List.of("install 1", "tear down 1", "forget 1"), policy.done());
        assertEquals(
                List.of("1:allocated", "1:bound", "1:cut"),
                policy.system().recorder().pasidStates());
    }

    @Test
    void shouldNeitherEraseNorDrainAfterDeathWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S18));
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.exit(mm);
        policy.unbind(bond);

        assertEquals(List.of("install 1", "neutralise 1", "forget 1"), policy.done());
    }

    @Test
    void shouldDrainLivingAddressSpaceInSpiteOfDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S18));
        policy.unbind(policy.bind(policy.dev0(), mm));

        assertTrue(policy.done().contains("drain 1"));
    }

    @Test
    void shouldFreeNumberWithContentsWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S03));
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.exit(mm);
        assertEquals(0, policy.pasidsInUse());

        assertEquals(1, policy.bind(policy.dev1(), policy.mm("next")).pasid());
        policy.unbind(bond);
        assertEquals(1, policy.system().recorder().of(Kind.PASID_FREED).size());
    }
}
