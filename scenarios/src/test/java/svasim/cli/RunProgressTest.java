package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.explore.Search;
import svasim.kernel.Kernel;
import svasim.scenario.Measure;
import svasim.units.Picoseconds;

class RunProgressTest {
    private static final long MILLISECOND = 1_000_000_000L;

    private static Measure limits(Picoseconds until, Long events) {
        return new Measure(until, events, null, null, null, null, null, null);
    }

    @Test
    void shouldTellTheShareOfTheNearestLimit() {
        Measure limits = limits(new Picoseconds(10 * MILLISECOND), 4_000_000L);

        assertEquals(
                "run: 1000.000 us simulated, 2000000 events, 0.20 million a second,"
                        + " 50 % of the limit, 10 s left at most",
                new RunProgress("run", limits).line(MILLISECOND, 2_000_000, 10));
    }

    @Test
    void shouldForecastNothingFromLimitsThatNobodyHasSet() {
        RunProgress progress = new RunProgress("run", Measure.defaults());

        assertEquals(
                "run: 1000.000 us simulated, 2000000 events, 0.20 million a second",
                progress.line(MILLISECOND, 2_000_000, 10));
    }

    @Test
    void shouldSayThatTheMachineIsPutTogether() {
        RunProgress progress = new RunProgress("run", Measure.defaults());

        assertEquals("run: is put together", progress.line(2));
        progress.watch(new Kernel());
        assertEquals("run: 0.000 us simulated, 0 events, 0.00 million a second", progress.line(2));
    }

    @Test
    void shouldTellHowLongASearchTakesAtMost() {
        Search search = Search.of(Search.Method.RANDOM, 1_000, 2);

        assertEquals(
                "250 of 1000 runs, 50 runs/s, 15 s left at most",
                new SearchProgress(search, null).line(250, 5));
        assertEquals("0 of 1000 runs, 0 runs/s", new SearchProgress(search, null).line(0, 5));
    }

    @Test
    void shouldTellTimesInThePartsThatMatter() {
        assertEquals("59 s", Ticker.time(59.4));
        assertEquals("1 min 40 s", Ticker.time(100));
        assertEquals("2 h 5 min", Ticker.time(7_520));
    }
}
