package svasim.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.os.process.Process;

class ScaleRunTest {
    private static final Map<ScaleSubject, Integer> FEW =
            Map.of(
                    ScaleSubject.PASIDS, 80,
                    ScaleSubject.FUNCTIONS, 8,
                    ScaleSubject.PRESENT, 8,
                    ScaleSubject.IOMMUS, 3,
                    ScaleSubject.PROCESSES, 12,
                    ScaleSubject.MEMORY, 20,
                    ScaleSubject.EVENTS, 1_000);

    private static ScaleRun setUp(ScaleSubject subject) {
        ScaleRun run = new ScaleRun(subject.machine(FEW.get(subject)), true);
        run.setUp();
        return run;
    }

    @ParameterizedTest
    @EnumSource(ScaleSubject.class)
    void shouldSetUpEveryMachineAndUseIt(ScaleSubject subject) {
        ScaleRun run = setUp(subject);

        run.run(10);

        assertTrue(run.done() >= 10, run.done() + " accesses");
        assertEquals(0, run.machine().violations().size(), run.machine().violations().toString());
    }

    @Test
    void shouldHaveEveryProcessEndWhenAllHaveCopied() {
        ScaleRun run = setUp(ScaleSubject.PROCESSES);
        run.end();

        assertEquals(12, run.done());
        assertTrue(run.machine().os().processes().stream().allMatch(Process::hasEnded));
    }

    @Test
    void shouldGiveEveryIdleProcessAPasidOfItsOwn() {
        ScaleRun run = setUp(ScaleSubject.PASIDS);

        assertEquals(80, run.machine().os().sva().pasidsInUse());
    }
}
