package svasim.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.os.mm.Mm;
import svasim.os.process.Process;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.os.reference.Node;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** The variations of the end of a process (reference of the life of a PASID, 4.2). */
class ExitVariationsTest {
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step CLOSE = new Step.Close("dev0");
    private static final Step MAP = new Step.MapDevice("dev0", null);
    private static final Step UNMAP = new Step.Unmap("dev0");
    private static final Step EXIT = new Step.Exit();
    private static final Step LONG = new Step.Sleep(Picoseconds.ofMicros(500));
    private static final Step FOR_EVER = new Step.Sleep(Picoseconds.ofMicros(10_000_000));
    private static final long MIDDLE_PS = Picoseconds.ofMicros(300).value();
    private static final long QUICK_PS = Picoseconds.ofMicros(80).value();

    private final OsUnderTest system = OsUnderTest.plain();
    private final SimpleDevice device = system.device("dev0");

    private Process threads(Program... programs) {
        Map<String, Program> threads = new LinkedHashMap<>();
        for (Program program : programs) {
            threads.put("t" + threads.size(), program);
        }
        return system.os().add(new ProcessSpec("app", Map.of(), threads));
    }

    private Recorder run() {
        return system.run().recorder();
    }

    private Recorder runToMiddle() {
        system.os().boot();
        system.kernel().run(MIDDLE_PS, Long.MAX_VALUE);
        return system.recorder();
    }

    private long count(String step) {
        return system.recorder().steps().stream().filter(step::equals).count();
    }

    @Test
    void shouldOnlyDropUserWhenOneOfSeveralThreadsEnds() {
        Process app = threads(Program.of(OPEN), Program.of(LONG, EXIT), Program.of(LONG));

        runToMiddle();

        assertEquals(2, app.mm().users());
        assertEquals(1, count("do_exit/exit_mm"));
        assertEquals(0, count("exit_mmap/begin"));
        assertEquals(0, count("close_files/flush"));
        assertEquals(Mm.Life.ALIVE, app.mm().life());
        assertEquals(List.of("probe dev0", "install 1"), device.iommu().done());
    }

    @Test
    void shouldLetOtherThreadCloseWhatTheDeadOneOpened() {
        Process app = threads(Program.of(OPEN), Program.of(LONG, CLOSE, LONG, EXIT));

        Recorder seen = run();

        assertEquals(List.of(), app.failures());
        assertTrue(seen.indexOf(Kind.UNBOUND) < seen.indexOf(Kind.MM_EXITING));
    }

    @Test
    void shouldTearDownOnceWhenAllThreadsAreKilled() {
        threads(Program.of(OPEN, FOR_EVER), Program.of(FOR_EVER), Program.of(LONG, EXIT));

        Recorder seen = run();

        assertEquals(3, seen.of(Kind.SIGNAL).size());
        assertEquals(3, count("do_exit/exit_mm"));
        assertEquals(3, count("do_exit/exit_files"));
        assertEquals(1, count("exit_mmap/begin"));
        assertEquals(1, seen.of(Kind.FILE_RELEASED).size());
        assertEquals(1, seen.of(Kind.MM_FREED).size());
    }

    @Test
    void shouldKillThreadThatComputes() {
        Step compute = new Step.Compute(Picoseconds.ofMicros(10_000_000));
        Process app = threads(Program.of(compute), Program.of(LONG, new Step.Kill("app")));

        run();

        assertTrue(app.hasEnded());
        assertTrue(system.kernel().nowPs() < Picoseconds.ofMicros(1_000).value());
    }

    @Test
    void shouldKillThreadThatWaitsForAnotherProcess() {
        system.process("other", "", LONG, LONG, LONG, EXIT);
        Process app = threads(Program.of(new Step.AwaitProcess("other")), Program.of(EXIT));
        system.os().boot();

        system.kernel().run(MIDDLE_PS, Long.MAX_VALUE);

        assertTrue(app.hasEnded());
    }

    @Test
    void shouldKillProcessBeforeItsFirstStep() {
        Process app = system.process("app", "full", OPEN, FOR_EVER);
        system.process("killer", "", new Step.Kill("app"));

        Recorder seen = run();

        assertTrue(app.hasEnded());
        assertEquals(1, seen.of(Kind.SIGNAL).size());
        assertEquals(0, system.os().sva().pasidsInUse());
    }

    @Test
    void shouldSignalOnceWhenKilledTwice() {
        system.process("app", "", OPEN, FOR_EVER);
        system.process("killer", "", LONG, new Step.Kill("app"), new Step.Kill("app"));

        assertEquals(1, run().of(Kind.SIGNAL).size());
    }

    @Test
    void shouldDieByItsOwnHandAtNextReturnToUserSpace() {
        Process app = system.process("app", "", OPEN, new Step.Kill("app"), FOR_EVER);

        run();

        assertTrue(app.isKilled() && app.hasEnded());
        assertEquals(0, count("nanosleep/set timer"));
    }

    @Test
    void shouldReleaseBeforeExitWhenClosedBefore() {
        system.process("app", "", OPEN, CLOSE, EXIT);

        run().assertOrder(
                        "filp_close/flush",
                        "filp_close/fput",
                        "task_work_run/next work",
                        "__fput/release",
                        "simple_release/stop",
                        "iommu_sva_unbind_device/tear down PASID entry",
                        "do_exit/exit_mm",
                        "exit_mmap/begin");
        assertFalse(device.iommu().done().contains("neutralise 1"));
    }

    @Test
    void shouldReleaseAfterDeathOfContentsWhenLeftOpen() {
        system.process("app", "", OPEN, EXIT);

        run().assertOrder(
                        "exit_mmap/begin",
                        "iommu_sva_mm_release/cut entries",
                        "exit_mmap/tear_down_vmas",
                        "do_exit/exit_files",
                        "close_files/flush",
                        "close_files/fput",
                        "do_exit/exit_task_work",
                        "__fput/release",
                        "simple_release/stop",
                        "iommu_sva_unbind_device/drain page requests");
    }

    @Test
    void shouldReleaseInTaskWorkWhenMappingWasTheLastHolder() {
        system.process("app", "", OPEN, MAP, CLOSE, EXIT);

        Recorder seen = run();

        seen.assertOrder(
                "filp_close/fput",
                "exit_mmap/tear_down_vmas",
                "do_exit/exit_files",
                "do_exit/exit_task_work",
                "__fput/release");
        assertEquals(0, count("close_files/fput"));
    }

    @Test
    void shouldReleaseWhilstProcessLivesWhenPortalIsUnmappedLast() {
        Process app = system.process("app", "", OPEN, MAP, CLOSE, UNMAP, LONG, EXIT);

        Recorder seen = runToMiddle();

        seen.assertOrder(
                "do_vmi_align_munmap/remove VMAs",
                "task_work_run/next work",
                "__fput/release",
                "nanosleep/set timer");
        assertEquals(Mm.Life.ALIVE, app.mm().life());
        assertEquals(1, seen.of(Kind.UNBOUND).size());
    }

    @Test
    void shouldKeepBondWhenOnlyPortalIsUnmapped() {
        Process app = system.process("app", "", OPEN, MAP, UNMAP, LONG, EXIT);

        Recorder seen = runToMiddle();

        assertEquals(0, seen.of(Kind.FILE_RELEASED).size());
        assertEquals(app.mm(), device.device().handle(1));
    }

    @Test
    void shouldShowExitToParentAfterUnbindAndFreeStructLast() {
        system.process("app", "", OPEN, MAP, EXIT);
        system.process("parent", "", new Step.AwaitProcess("app"), EXIT);

        Recorder seen = run();

        int notified = seen.indexOfStep("do_exit/exit_notify");
        assertTrue(seen.indexOf(Kind.UNBOUND) < notified);
        assertTrue(notified < seen.indexOf(Kind.MM_FREED));
    }

    @Test
    void shouldShowExitToParentBeforeUnbindWhenWorkerReleases() {
        OsUnderTest other = new OsUnderTest.Setup().choices(Script.of("os.fput#0=1")).build();
        other.device("dev0");
        other.process("app", "", OPEN, EXIT);

        Recorder seen = other.run().recorder();

        assertTrue(seen.indexOfStep("do_exit/exit_notify") < seen.indexOf(Kind.UNBOUND));
        assertTrue(seen.indexOf(Kind.UNBOUND) < seen.indexOf(Kind.MM_FREED));
    }

    /** A reader in /proc, a worker, a debugger: unbind comes before the notifier's release. */
    @Test
    void shouldUnbindLivingAddressSpaceWhenSomebodyElseUsesIt() {
        Process app = system.process("app", "full", OPEN, EXIT);
        Node reader = system.platform().references().node("reader");
        app.mm().getUsers(reader);

        Recorder seen = run();
        assertEquals(
                List.of("probe dev0", "install 1", "tear down 1", "drain 1", "forget 1"),
                device.iommu().done());
        assertEquals(Mm.Life.ALIVE, app.mm().life());
        assertTrue(app.hasEnded());

        system.finish(app.mm().putUsers(reader));
        assertTrue(seen.indexOf(Kind.UNBOUND) < seen.indexOf(Kind.MM_EXITING));
        assertEquals(Mm.Life.FREED, app.mm().life());
        assertEquals(5, device.iommu().done().size());
    }

    @Test
    void shouldKeepStructAndNumberForWhoHoldsCountOnly() {
        Process app = system.process("app", "full", OPEN, EXIT);
        Node holder = system.platform().references().node("holder");
        app.mm().grab(holder);

        run();
        assertEquals(Mm.Life.EMPTY, app.mm().life());
        assertEquals(1, system.os().sva().pasidsInUse());

        system.finish(app.mm().drop(holder));
        assertEquals(Mm.Life.FREED, app.mm().life());
        assertEquals(0, system.os().sva().pasidsInUse());
    }

    @Test
    void shouldEndQuicklyWhenKilledInsideOfLongSleep() {
        system.process("app", "", OPEN, FOR_EVER);
        system.process("killer", "", LONG, new Step.Kill("app"));

        Recorder seen = run();

        long killed = seen.of(Kind.SIGNAL).get(0).timePs();
        assertTrue(seen.of(Kind.MM_FREED).get(0).timePs() - killed < QUICK_PS);
    }

    @Test
    void shouldEndProcessesInAnyOrderAndLeaveNothing() {
        long before = system.frames().allocated();
        for (int i = 0; i < 6; i++) {
            Step wait = new Step.Sleep(Picoseconds.ofMicros(7L * i + 1));
            system.process("app" + i, "full", OPEN, wait, MAP, EXIT);
        }

        run();

        assertEquals(before, system.frames().allocated());
        assertEquals(0, system.os().sva().pasidsInUse());
        assertEquals(List.of(), system.os().waitingFor());
    }
}
