package svasim.os.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.program.Step;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** When and by whom the driver's release is run. */
class DeferredPutTest {
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step CLOSE = new Step.Close("dev0");
    private static final Step EXIT = new Step.Exit();
    private static final Step LONG = new Step.Sleep(Picoseconds.ofMicros(1_000));

    private static Recorder run(Choices choices, Step... steps) {
        OsUnderTest system = new OsUnderTest.Setup().choices(choices).build();
        system.device("dev0");
        system.process("app", "", steps);
        return system.run().recorder();
    }

    @Test
    void shouldReleaseOnWayBackToUserSpaceAfterClose() {
        Recorder seen = run(Choices.PLAIN, OPEN, CLOSE, LONG, EXIT);

        seen.assertOrder("filp_close/fput", "__fput/release", "nanosleep/set timer");
    }

    @Test
    void shouldReleaseInWorkerWhenChosen() {
        Choices byWorker = (site, n, lane, options) -> site.name().equals("os.fput") ? 1 : 0;
        Recorder seen = run(byWorker, OPEN, EXIT);

        int release = seen.indexOfStep("__fput/release");
        int exited = seen.indexOfStep("do_exit/exit_notify");
        assertTrue(exited < release, "the worker is woken later than the task goes on");
        assertEquals(1, seen.of(Kind.FILE_RELEASED).size());
    }

    @Test
    void shouldReleaseBeforeParentSeesExit() {
        Recorder seen = run(Choices.PLAIN, OPEN, EXIT);

        assertTrue(seen.indexOf(Kind.FILE_RELEASED) < seen.indexOfStep("do_exit/exit_notify"));
    }
}
