package svasim.os.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.mm.Advice;
import svasim.os.mm.Mm;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Signal;
import svasim.os.program.Step;
import svasim.trace.Kind;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Processes that are made by others, and what they share. */
class CloneAndExecTest {
    private static final Step EXIT = new Step.Exit();
    private static final Step SHORT = new Step.Sleep(Picoseconds.ofMicros(100));
    private static final Step LONG = new Step.Sleep(Picoseconds.ofMicros(2_000));

    private final OsUnderTest system = OsUnderTest.plain();

    private static Step fork(String child) {
        return new Step.Clone(child, false, false, false);
    }

    private static Step fill(String buffer, Buffer.Fill with) {
        return new Step.Fill(buffer, with);
    }

    private void later(String name, Step... steps) {
        later(name, Map.of(), steps);
    }

    private void later(String name, Map<String, Buffer> buffers, Step... steps) {
        Map<String, Program> threads = Map.of("main", Program.of(steps));
        system.os().add(new ProcessSpec(name, buffers, threads, false));
    }

    private Process process(String name) {
        return system.os().process(name);
    }

    private void runToMiddle() {
        system.os().boot();
        system.kernel().run(Picoseconds.ofMicros(1_500).value(), Long.MAX_VALUE);
    }

    private static byte[] counting() {
        byte[] bytes = new byte[8192];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Test
    void shouldKeepContentsOfParentAndChildApart() {
        Process app =
                system.process("app", "full", fork("child"), fill("full", Buffer.Fill.ZERO), LONG);
        later("child", LONG);

        runToMiddle();

        assertArrayEquals(counting(), process("child").contents("full"));
        assertArrayEquals(new byte[8192], app.contents("full"));
        assertNotEquals(app.mm(), process("child").mm());
    }

    @Test
    void shouldNotStartProcessThatNobodyMakes() {
        later("child", LONG);

        system.run();

        assertEquals(List.of(), system.os().processes());
    }

    @Test
    void shouldShareMemoryWhenTold() {
        Process app =
                system.process(
                        "app",
                        "full",
                        new Step.Clone("child", true, false, false),
                        SHORT,
                        fill("full", Buffer.Fill.ZERO),
                        LONG);
        later("child", LONG);

        runToMiddle();

        assertSame(app.mm(), process("child").mm());
        assertArrayEquals(new byte[8192], process("child").contents("full"));
        assertEquals(2, app.mm().users());
    }

    @Test
    void shouldReleaseFileWithLastOfTwoTables() {
        system.device("dev0");
        system.process("app", "", new Step.Open("dev0"), fork("child"), EXIT);
        later("child", SHORT, new Step.Close("dev0"), LONG);

        system.run();

        long parentGone = system.recorder().of(Kind.TASK_ENDED).get(0).timePs();
        assertTrue(system.recorder().of(Kind.FILE_RELEASED).get(0).timePs() > parentGone);
    }

    @Test
    void shouldCloseSharedTableOnlyForAll() {
        system.device("dev0");
        Process app =
                system.process(
                        "app",
                        "",
                        new Step.Open("dev0"),
                        new Step.Clone("child", false, true, false),
                        SHORT,
                        new Step.Close("dev0"),
                        LONG);
        later("child", LONG, new Step.Close("dev0"), EXIT);

        system.run();

        assertEquals(List.of(), app.failures());
        assertEquals(List.of("main: close dev0: not open"), process("child").failures());
    }

    @Test
    void shouldSleepUntilVforkedChildCallsExec() {
        Process app =
                system.process(
                        "app", "full", new Step.Clone("child", true, false, true), SHORT, EXIT);
        later("child", SHORT, new Step.Exec("next"));
        later("next", LONG);

        system.run();

        system.recorder()
                .assertOrder(
                        "begin_new_exec/mmput old mm", "nanosleep/set timer", "do_exit/exit_mm");
        assertTrue(app.hasEnded());
    }

    @Test
    void shouldGoOnAsOtherProgramInNewAddressSpace() {
        system.device("dev0");
        Process app =
                system.process("app", "full", new Step.Open("dev0"), new Step.Exec("next"), EXIT);
        Buffer fresh = new Buffer(ByteSize.ofKiB(4), Buffer.Fill.COUNTING);
        later("next", Map.of("own", fresh), LONG, new Step.Close("dev0"), EXIT);

        runToMiddle();

        assertTrue(app.hasEnded());
        assertEquals(Mm.Life.EMPTY, app.mm().life(), "the bond still holds the struct");
        assertEquals(1, process("next").contents("own")[1]);
        assertEquals(Mm.NO_PASID, process("next").mm().pasid());
        system.kernel().runUntilQuiet();
        assertEquals(List.of(), process("next").failures(), "the file has survived");
        assertEquals(Mm.Life.FREED, app.mm().life());
    }

    @Test
    void shouldCloseFilesThatExecIsToClose() {
        system.device("dev0");
        system.process("app", "", new Step.Open("dev0", true), new Step.Exec("next"));
        later("next", LONG);

        runToMiddle();

        assertEquals(1, system.recorder().of(Kind.FILE_RELEASED).size());
        system.recorder()
                .assertOrder(
                        "exit_mmap/mmu_notifier_release",
                        "begin_new_exec/flush_thread",
                        "begin_new_exec/do_close_on_exec",
                        "__fput/release");
    }

    @Test
    void shouldEndOtherThreadsBeforeExec() {
        Map<String, Program> threads =
                new LinkedHashMap<>(Map.of("main", Program.of(SHORT, new Step.Exec("next"))));
        threads.put("other", Program.of(new Step.Sleep(Picoseconds.ofMicros(900_000))));
        system.os().add(new ProcessSpec("app", Map.of(), threads));
        later("next", SHORT);

        system.run();

        system.recorder().assertOrder("do_exit/exit_notify", "begin_new_exec/exec_mmap");
        assertTrue(process("next").hasEnded());
    }

    @Test
    void shouldPassFileToOtherProcess() {
        system.device("dev0");
        system.process(
                "server", "", new Step.Open("dev0"), new Step.SendFile("dev0", "client"), EXIT);
        Process client =
                system.process(
                        "client", "", new Step.ReceiveFile("dev0"), LONG, new Step.Close("dev0"));

        system.run();

        assertEquals(List.of(), client.failures());
        assertTrue(system.recorder().of(Kind.FILE_RELEASED).get(0).timePs() > 2_000_000_000L);
    }

    @Test
    void shouldReleaseFileThatNobodyReceives() {
        system.device("dev0");
        system.process(
                "server", "", new Step.Open("dev0"), new Step.SendFile("dev0", "client"), EXIT);
        system.process("client", "", LONG, EXIT);

        system.run();

        assertEquals(1, system.recorder().of(Kind.FILE_RELEASED).size());
    }

    @Test
    void shouldTearMemoryDownWithItsLastHolder() {
        Process app = system.process("app", "full", SHORT, EXIT);
        system.process(
                "reader",
                "",
                new Step.Hold("app"),
                new Step.AwaitProcess("app"),
                LONG,
                new Step.LetGo("app"),
                new Step.LetGo("app"),
                EXIT);

        system.run();

        assertEquals(Mm.Life.FREED, app.mm().life());
        assertTrue(system.recorder().of(Kind.MM_EXITING).get(0).timePs() > 2_000_000_000L);
        assertEquals(List.of("main: let-go app: not held"), process("reader").failures());
    }

    @Test
    void shouldLetGoOfMemoryAtEndOfHolder() {
        Process app = system.process("app", "full", SHORT, EXIT);
        system.process("reader", "", new Step.Hold("app"), EXIT);

        system.run();

        assertEquals(Mm.Life.FREED, app.mm().life());
    }

    @Test
    void shouldStopAndContinue() {
        Process app = system.process("app", "", SHORT, SHORT, SHORT, EXIT);
        system.process(
                "shell",
                "",
                new Step.Send("app", Signal.SIGSTOP),
                LONG,
                new Step.Send("app", Signal.SIGCHLD),
                new Step.Send("app", Signal.SIGCONT),
                EXIT);

        runToMiddle();
        assertFalse(app.hasEnded());
        system.kernel().runUntilQuiet();
        assertTrue(app.hasEnded());
    }

    @Test
    void shouldKeepMemoryUntilCoreIsDumped() {
        Process app = system.process("app", "full", LONG, EXIT);
        system.process("shell", "", SHORT, new Step.Send("app", Signal.SIGABRT), EXIT);

        system.run();

        assertTrue(app.isKilled());
        system.recorder().assertOrder("do_coredump/coredump_finish", "exit_mmap/begin");
    }

    @Test
    void shouldRefuseToUnloadDriverInUse() {
        system.device("dev0");
        Process app =
                system.process(
                        "app",
                        "",
                        new Step.Open("dev0"),
                        new Step.Unload("dev0"),
                        new Step.Close("dev0"),
                        SHORT,
                        new Step.Unload("dev0"),
                        new Step.Open("dev0"));

        system.run();

        assertEquals(
                List.of("main: unload dev0: in use", "main: open dev0: no such device"),
                app.failures());
    }

    @Test
    void shouldKillLargestProcessWhenMemoryIsShort() {
        Process small = system.process("small", "full", LONG, EXIT);
        Process large = system.process("large", "full full2 full3", LONG, EXIT);
        system.process("shell", "", SHORT, SHORT, new Step.OomKill(), EXIT);

        system.run();

        assertTrue(large.isKilled());
        assertFalse(small.isKilled());
    }

    @Test
    void shouldReadPagesBackAfterAllKindsOfAdvice() {
        Process app =
                system.process(
                        "app",
                        "full",
                        new Step.Advise("full", Advice.PAGE_OUT),
                        new Step.Pin("full"),
                        new Step.Migrate("full"),
                        new Step.Unpin("full"),
                        new Step.Unpin("full"),
                        new Step.Migrate("full"),
                        new Step.NumaScan("full"),
                        new Step.Remap("full", null),
                        new Step.Reclaim(ByteSize.ofKiB(64)),
                        new Step.Touch("full", false),
                        LONG);

        runToMiddle();

        assertArrayEquals(counting(), app.contents("full"));
        assertEquals(List.of("main: unpin full: not pinned"), app.failures());
    }

    @Test
    void shouldShowLastContentsOfProcessThatHasEnded() {
        system.os().keepAtExit("app", "full");
        Process app = system.process("app", "full", EXIT);

        system.run();

        assertArrayEquals(counting(), app.contents("full"));
    }
}
