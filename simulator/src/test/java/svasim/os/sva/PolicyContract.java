package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.SimpleDevice;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.process.Process;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** What every lifetime policy has to do, and by what they differ. */
abstract class PolicyContract {
    /** All users of the contents together hold one mm_count. */
    private static final int OWN = 1;

    private static final Step OPEN = new Step.Open("dev0");
    private static final Step CLOSE = new Step.Close("dev0");
    private static final Step EXIT = new Step.Exit();

    private final String name;
    private PolicyUnderTest policy;
    private Mm mm;

    PolicyContract(String name) {
        this.name = name;
    }

    /** mm_users that one bond holds. */
    abstract int users();

    /** mm_count that one bond holds. */
    abstract int counts();

    /** Whether the number stays with the address space after its last unbind. */
    abstract boolean numberOutlivesUnbind();

    /** What the driver is told in the release of the address space. */
    abstract DriverIs driver();

    /** Whether a bond ends when the thread exits that made it. */
    boolean endsWithThread() {
        return false;
    }

    /** Whether a device that is reset is taken away from its processes. */
    boolean endsAtReset() {
        return false;
    }

    /** Whether the death of the address space leaves the driver nothing to unbind. */
    boolean endsWithAddressSpace() {
        return false;
    }

    /** Whether a mapping of the device's file keeps everything alive for ever (S01). */
    boolean leaksWithMappedFile() {
        return false;
    }

    /** What a driver learns of the end of an address space. */
    enum DriverIs {
        NOT_TOLD,
        TOLD_WITHOUT_SLEEP,
        AWAITED
    }

    @BeforeEach
    void use() {
        policy = new PolicyUnderTest(new OsUnderTest.Setup().policy(name));
        mm = policy.mm("mm");
    }

    private boolean pins() {
        return users() > 0;
    }

    private OsUnderTest system() {
        OsUnderTest system = new OsUnderTest.Setup().policy(name).build();
        system.device("dev0");
        return system;
    }

    @Test
    void shouldHoldItsOwnCounters() {
        policy.bind(policy.dev0(), mm);

        assertEquals(1 + users(), mm.users());
        assertEquals(OWN + counts(), mm.count());
    }

    @Test
    void shouldGiveBackWhatItHoldsAtUnbind() {
        policy.unbind(policy.bind(policy.dev0(), mm));

        assertEquals(1, mm.users());
        assertEquals(OWN, mm.count());
        assertEquals(numberOutlivesUnbind() ? 1 : 0, policy.pasidsInUse());
    }

    @Test
    void shouldLeaveNothingWhenUnboundBeforeTheEnd() {
        policy.unbind(policy.bind(policy.dev0(), mm));
        policy.exit(mm);

        assertEverythingGone();
    }

    @Test
    void shouldLeaveNothingWhenUnboundAfterTheEnd() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.exit(mm);
        assertEquals(pins() ? Mm.Life.ALIVE : Mm.Life.EMPTY, lifeUnlessFreed());
        policy.unbind(bond);

        assertEverythingGone();
    }

    /** A policy whose bonds end with the address space leaves nothing to keep the struct. */
    private Mm.Life lifeUnlessFreed() {
        return endsWithAddressSpace() && mm.life() == Mm.Life.FREED ? Mm.Life.EMPTY : mm.life();
    }

    private void assertEverythingGone() {
        assertEquals(Mm.Life.FREED, mm.life());
        assertEquals(0, policy.pasidsInUse());
        assertEquals(1, policy.system().recorder().of(Kind.PASID_FREED).size());
        assertEquals(1, policy.system().recorder().of(Kind.UNBOUND).size());
        assertEquals(1, policy.system().recorder().of(Kind.CUT).size());
    }

    @Test
    void shouldCutBeforeAnyPageIsFreed() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.exit(mm);
        policy.unbind(bond);

        Recorder recorder = policy.system().recorder();
        assertTrue(recorder.indexOf(Kind.CUT) < recorder.indexOfStep("exit_mmap/unmap_vmas"));
    }

    @Test
    void shouldKeepNumberTakenUntilDriverUnbinds() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.exit(mm);
        assertEquals(endsWithAddressSpace() ? 0 : 1, policy.pasidsInUse());

        policy.unbind(bond);
        assertEquals(0, policy.pasidsInUse());
    }

    @Test
    void shouldAnnounceChangesAsLongAsItIsBound() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.done().clear();
        mapAndUnmap();
        assertEquals(List.of("invalidate 1"), policy.done());

        policy.unbind(bond);
        policy.done().clear();
        mapAndUnmap();
        assertEquals(List.of(), policy.done());
    }

    private void mapAndUnmap() {
        Mmap mmap = mm.mapAnonymous(4096, Access.READ | Access.WRITE);
        policy.system().finish(mmap.call());
        policy.system().finish(mm.unmap(mmap.start(), 4096));
    }

    @Test
    void shouldServeFaultsOfItsBondOnly() {
        Bond bond = policy.bind(policy.dev0(), mm);
        assertEquals(mm, policy.dev0().device().handle(bond.pasid()));

        policy.unbind(bond);
        assertEquals(null, policy.dev0().device().handle(bond.pasid()));
    }

    @Test
    void shouldNeverGiveOneNumberToTwoAddressSpaces() {
        Bond first = policy.bind(policy.dev0(), mm);
        Bond second = policy.bind(policy.dev0(), policy.mm("other"));

        assertTrue(first.pasid() != second.pasid());
    }

    @Test
    void shouldServeRequestsWithoutPasidOfFunctionThatIsBoundAsWhole() {
        Bond bond = policy.requestFunction(policy.dev0(), mm).bond();
        assertEquals(PasidPrefix.NONE, bond.requestPasid());
        assertEquals(mm, policy.dev0().device().handle(PasidPrefix.NONE));
        policy.unbind(bond);
        assertEquals(null, policy.dev0().device().handle(PasidPrefix.NONE));
        assertEquals("attach dma", policy.done().get(policy.done().size() - 2));
    }

    @Test
    void shouldGiveFunctionToOneAddressSpaceAtATime() {
        Bond bond = policy.requestFunction(policy.dev0(), mm).bond();
        Mm other = policy.mm("other");
        assertEquals(
                "dev0 belongs to another address space as a whole (-EBUSY)",
                policy.requestFunction(policy.dev0(), other).refusal());
        policy.unbind(bond);
        assertNotNull(policy.requestFunction(policy.dev0(), other).bond());
    }

    @Test
    void shouldLeaveNothingOfFunctionThatWasBoundAsWhole() {
        Bond bond = policy.requestFunction(policy.dev0(), mm).bond();
        policy.exit(mm);
        policy.unbind(bond);
        assertEverythingGone();
    }

    @Test
    void shouldEndWhatDriverLeavesWhenDeviceGoes() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.system().finish(policy.system().os().sva().removeDevice(policy.dev0().device()));

        assertEquals(1, policy.system().recorder().of(Kind.UNBOUND).size());
        assertEquals(null, policy.dev0().device().handle(bond.pasid()));
        assertEquals(1, mm.users());
    }

    /** What becomes of a bond while its device is reset is for the policy to say. */
    @Test
    void shouldEndOrKeepBondsWhenTheirDeviceIsReset() {
        Bond bond = policy.bind(policy.dev0(), mm);
        policy.bind(policy.far(), mm);
        var handlers =
                policy.system()
                        .os()
                        .sva()
                        .errorHandlers(policy.dev0().device(), ErrorHandlers.NONE);

        policy.system().finish(handlers.resetPrepare());

        assertEquals(endsAtReset(), bond.hasEnded());
        assertEquals(endsAtReset() ? 1 : 0, policy.system().recorder().of(Kind.UNBOUND).size());
    }

    @Test
    void shouldSurviveExitWithOpenFile() {
        OsUnderTest system = system();
        Process app = system.process("app", "full", OPEN, EXIT);

        assertNothingLeft(system.run(), app);
    }

    @Test
    void shouldSurviveClose() {
        OsUnderTest system = system();
        Process app = system.process("app", "full", OPEN, CLOSE, EXIT);

        assertNothingLeft(system.run(), app);
    }

    @Test
    void shouldSurviveSecondOpenAfterClose() {
        OsUnderTest system = system();
        Process app = system.process("app", "full", OPEN, CLOSE, OPEN, EXIT);

        assertNothingLeft(system.run(), app);
    }

    @Test
    void shouldSurviveKill() {
        OsUnderTest system = system();
        Step late = new Step.Sleep(Picoseconds.ofMicros(200));
        Process app = system.process("app", "full", OPEN, late, late, EXIT);
        system.process("killer", "", late, new Step.Kill("app"));

        assertNothingLeft(system.run(), app);
    }

    private static void assertNothingLeft(OsUnderTest system, Process app) {
        assertEquals(List.of(), app.failures());
        assertEquals(Mm.Life.FREED, app.mm().life());
        assertEquals(0, system.os().sva().pasidsInUse());
        assertEquals(List.of(), system.os().waitingFor());
    }

    @Test
    void shouldLeakOnlyIfItPins() {
        OsUnderTest system = system();
        Process app = system.process("app", "", OPEN, new Step.MapDevice("dev0", null), EXIT);
        system.run();

        assertEquals(leaksWithMappedFile() ? 1 : 0, system.os().sva().pasidsInUse());
        assertEquals(leaksWithMappedFile(), app.mm().life() == Mm.Life.ALIVE);
    }

    @Test
    void shouldEndWithThreadOnlyIfItBelongsToOne() {
        OsUnderTest system = system();
        Step late = new Step.Sleep(Picoseconds.ofMicros(500));
        Process app =
                system.os()
                        .add(
                                new ProcessSpec(
                                        "app",
                                        Map.of(),
                                        new TreeMap<>(
                                                Map.of(
                                                        "a", Program.of(OPEN),
                                                        "b", Program.of(late, CLOSE, EXIT)))));
        system.run();

        Recorder recorder = system.recorder();
        boolean cutEarly =
                recorder.indexOf(Kind.CUT) < recorder.indexOf(Kind.FILE_RELEASED)
                        && recorder.of(Kind.CUT).get(0).timePs() < 400_000_000;
        assertEquals(endsWithThread(), cutEarly);
        assertNothingLeft(system, app);
    }

    @Test
    void shouldTellDriverAsItPromises() {
        OsUnderTest system = system();
        system.process("app", "full", OPEN, EXIT);
        List<String> steps = system.run().recorder().steps();

        assertEquals(driver() == DriverIs.AWAITED, steps.contains("simple_exit/stop"));
        assertEquals(
                driver() == DriverIs.TOLD_WITHOUT_SLEEP, steps.contains("simple_exit/ask to stop"));
    }

    /** I-45: the time from the begin of exit_mmap to its end. */
    @Test
    void shouldMakeExitDependOnDeviceOnlyIfItWaitsForIt() {
        long fast = exitPs(1_000_000);
        long slow = exitPs(900_000_000);

        assertEquals(driver() == DriverIs.AWAITED, slow > fast + 800_000_000);
    }

    private long exitPs(long stopPs) {
        OsUnderTest system = new OsUnderTest.Setup().policy(name).build();
        SimpleDevice device = system.device("dev0");
        device.stopTakes(stopPs);
        system.process("app", "full", OPEN, EXIT);
        Recorder recorder = system.run().recorder();
        long beginPs = recorder.all().get(recorder.indexOf(Kind.MM_EXITING)).timePs();
        int end = recorder.indexOfStep("exit_mmap/free pages");
        return recorder.all().get(end).timePs() - beginPs;
    }
}
