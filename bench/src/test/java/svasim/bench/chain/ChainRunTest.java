package svasim.bench.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChainRunTest {
    private static final int ACCESSES = 4_000;

    @ParameterizedTest
    @EnumSource
    void shouldReadWithoutFailureAndBreakNothing(ChainUnit unit) {
        ChainRun run = new ChainRun(new ChainPoint(ChainPattern.HIT, unit, true, false));

        assertTrue(run.run(ACCESSES) >= ACCESSES);
        assertEquals(0, counter(run, "card0.failures"));
        assertEquals(List.of(), run.machine().violations());
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerFromTheIotlbOnceItKnowsThePages(ChainUnit unit) {
        ChainRun run = new ChainRun(new ChainPoint(ChainPattern.HIT, unit, false, false));
        run.run(4 * ACCESSES);
        double known = eventsPerAccess(run);

        assertTrue(known < 12, known + " events an access");
    }

    @ParameterizedTest
    @EnumSource
    void shouldAskForNearlyEveryPageWhereTheBufferIsLarge(ChainUnit unit) {
        ChainRun run = new ChainRun(new ChainPoint(ChainPattern.FAULT, unit, true, false));
        run.run(200);

        assertTrue(eventsPerAccess(run, 200) > 30);
        assertEquals(0, counter(run, "card0.failures"));
        assertEquals(List.of(), run.machine().violations());
    }

    /** Watching a run does not change it. */
    @Test
    void shouldRunTheSameWithAndWithoutListeners() {
        ChainRun watched =
                new ChainRun(new ChainPoint(ChainPattern.HIT, ChainUnit.VTD, true, true));
        ChainRun alone =
                new ChainRun(new ChainPoint(ChainPattern.HIT, ChainUnit.VTD, false, false));

        assertEquals(alone.run(ACCESSES), watched.run(ACCESSES));
        assertEquals(
                alone.machine().hardware().kernel().nowPs(),
                watched.machine().hardware().kernel().nowPs());
        assertEquals(0, alone.observations());
        assertTrue(watched.observations() > ACCESSES);
    }

    @Test
    void shouldPrintOneLineForAPoint() {
        ChainPoint point = new ChainPoint(ChainPattern.HIT, ChainUnit.VTD, false, false);

        String line = new ChainMeasurement(point, 2_000, 500).measure();

        assertTrue(
                line.matches(
                        "workload=chain-hit dma_per_s=\\d+ ns_per_dma=\\d+"
                                + " events_per_dma=\\d+\\.\\d alloc_b_per_dma=\\d+\\.\\d"
                                + " invariants=off trace=off unit=vtd jdk=\\d+"),
                line);
    }

    private static double eventsPerAccess(ChainRun run) {
        return eventsPerAccess(run, ACCESSES);
    }

    private static double eventsPerAccess(ChainRun run, int accesses) {
        long before = run.machine().hardware().kernel().eventsRun();
        long done = run.run(accesses);
        return (double) (run.machine().hardware().kernel().eventsRun() - before) / done;
    }

    private static long counter(ChainRun run, String name) {
        return run.machine().hardware().statistics().counters().get(name).value();
    }
}
