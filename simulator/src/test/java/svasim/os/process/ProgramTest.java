package svasim.os.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.os.OsUnderTest;
import svasim.os.mm.AddressTags;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.trace.Kind;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** What steps of programs do. */
class ProgramTest {
    private static final Step EXIT = new Step.Exit();
    private static final Step LONG = new Step.Sleep(Picoseconds.ofMicros(1_000));
    private static final long MIDDLE_PS = Picoseconds.ofMicros(500).value();

    private final OsUnderTest system = OsUnderTest.plain();

    private void runToMiddle() {
        system.os().boot();
        system.kernel().run(MIDDLE_PS, Long.MAX_VALUE);
    }

    @Test
    void shouldFillBuffersBeforeFirstStep() {
        Process app = system.process("app", "full", LONG, EXIT);
        byte[] expected = new byte[8192];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) i;
        }

        runToMiddle();

        assertArrayEquals(expected, app.contents("full"));
    }

    @Test
    void shouldFillWithSameRandomBytesInEachRun() {
        assertArrayEquals(randomContents(), randomContents());
    }

    private static byte[] randomContents() {
        OsUnderTest system = OsUnderTest.plain();
        Map<String, Buffer> buffers =
                Map.of("src", new Buffer(ByteSize.ofKiB(4), Buffer.Fill.RANDOM));
        Map<String, Program> threads = Map.of("main", Program.of(LONG, EXIT));
        Process app = system.os().add(new ProcessSpec("app", buffers, threads));
        system.os().boot();
        system.kernel().run(MIDDLE_PS, Long.MAX_VALUE);
        return app.contents("src");
    }

    @Test
    void shouldHavePagesOfUntouchedBufferOnlyAfterTouch() {
        Process lazy = system.process("lazy", "dst", LONG, EXIT);
        Process eager = system.process("eager", "dst", new Step.Touch("dst", true), LONG, EXIT);

        runToMiddle();

        assertEquals(-1, lazy.mm().physical(lazy.address("dst")));
        assertTrue(eager.mm().physical(eager.address("dst")) > 0);
        assertTrue(eager.mm().physical(eager.address("dst") + 4096) > 0);
    }

    @Test
    void shouldKillProcessThatWritesToReadOnlyBuffer() {
        Step protect = new Step.Protect("full", Access.READ);
        Step write = new Step.Touch("full", true);
        Process app = system.process("app", "full", protect, write, LONG, EXIT);

        system.run();

        assertTrue(app.isKilled());
        assertEquals("SIGSEGV", system.recorder().of(Kind.SIGNAL).get(0).subject());
        assertTrue(app.failures().get(0).startsWith("main: segmentation fault at"));
        assertTrue(system.kernel().nowPs() < MIDDLE_PS);
    }

    @Test
    void shouldMapBufferAgainAfterUnmap() {
        Step unmap = new Step.Unmap("full");
        Step map = new Step.MapBuffer("full");
        Step touch = new Step.Touch("full", true);
        Process app = system.process("app", "full", unmap, map, touch, LONG, EXIT);

        runToMiddle();

        assertFalse(app.isKilled());
        assertArrayEquals(new byte[8192], app.contents("full"));
    }

    @Test
    void shouldGoOnAfterStepThatFails() {
        Process app =
                system.process(
                        "app",
                        "",
                        new Step.Open("nothing"),
                        new Step.Close("nothing"),
                        new Step.MapDevice("nothing", null),
                        new Step.Submit("nothing", "job", "work"),
                        new Step.Await("job"),
                        new Step.Unmap("nothing"),
                        EXIT);

        system.run();

        assertEquals(
                List.of(
                        "main: open nothing: no such device",
                        "main: close nothing: not open",
                        "main: mmap nothing: not open",
                        "main: submit to nothing: not open",
                        "main: wait job: never submitted",
                        "main: munmap nothing: not mapped"),
                app.failures());
        assertTrue(app.hasEnded());
    }

    @Test
    void shouldWaitForEndOfOtherProcess() {
        system.process("first", "", LONG, EXIT);
        system.process("second", "", new Step.AwaitProcess("first"), EXIT);

        var ends = system.run().recorder().of(Kind.MM_FREED);

        assertTrue(ends.get(1).timePs() > Picoseconds.ofMicros(1_000).value());
    }

    @Test
    void shouldKeepCoreWhileComputing() {
        system.process("app", "", new Step.Compute(Picoseconds.ofMicros(50)), EXIT);

        assertTrue(system.run().kernel().nowPs() > Picoseconds.ofMicros(50).value());
    }

    @Test
    void shouldEndAllThreadsWhenOneExits() {
        Map<String, Program> threads = new LinkedHashMap<>();
        threads.put("one", Program.of(new Step.Sleep(Picoseconds.ofMicros(10)), EXIT));
        threads.put("two", Program.of(new Step.Sleep(Picoseconds.ofMicros(1_000_000))));
        Process app = system.os().add(new ProcessSpec("app", Map.of(), threads));
        system.os().boot();

        system.kernel().run(MIDDLE_PS, Long.MAX_VALUE);

        assertTrue(app.hasEnded());
        assertEquals(1, system.recorder().of(Kind.MM_EXITING).size());
    }

    @Test
    void shouldFinishWithAnyLateness() {
        for (int answer = 0; answer < 3; answer++) {
            int late = answer;
            Choices choices = (site, n, lane, options) -> Math.min(late, options - 1);
            OsUnderTest other = new OsUnderTest.Setup().choices(choices).build();
            other.device("dev0");
            Process app =
                    other.process(
                            "app",
                            "full",
                            new Step.Open("dev0"),
                            new Step.MapDevice("dev0", null),
                            EXIT);

            other.run();

            assertTrue(app.hasEnded());
            assertEquals(0, other.os().sva().pasidsInUse());
            assertEquals(List.of(), other.os().waitingFor());
        }
    }

    @Test
    void shouldSayWhichMemoryOfTheKernelCannotBeMappedOrFreed() {
        Step map = new Step.Vmalloc("area", ByteSize.ofKiB(4));
        Step free = new Step.Vfree("area");
        Process app = system.process("app", "", free, map, map, free, free, EXIT);
        system.run();

        assertEquals(
                List.of(
                        "main: vfree area: not mapped",
                        "main: vmalloc area: exists",
                        "main: vfree area: not mapped"),
                app.failures());
    }

    @Test
    void shouldUseItsTagsWhereCoresIgnoreThemAndStripThemForDevices() {
        Step tag = new Step.TagAddresses(AddressTags.LAM_U57, 5, true);
        Step unknown = new Step.TagAddresses(AddressTags.TBI, 5, true);
        Step touch = new Step.Touch("room", true);
        Process app = system.process("app", "room", unknown, tag, touch, LONG, EXIT);

        runToMiddle();

        assertEquals(1, app.failures().size(), "the cores have no TBI");
        assertEquals(app.address("room") | 5L << 57, app.pointer("room"));
        assertEquals(app.address("room"), new Pointers(app).address("room"));
        assertFalse(app.isKilled());
    }
}
