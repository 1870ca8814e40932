package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import svasim.stats.Statistics;

/** Numbers of {@code expect.statistics}. */
class FigureTest {
    private final Statistics statistics = new Statistics();

    private void waits(long... timesPs) {
        Histogram histogram = statistics.latency("a.wait.ps", "a wait");
        for (long timePs : timesPs) {
            histogram.recordValue(timePs);
        }
    }

    @Test
    void shouldBeTheValueOfACounter() {
        statistics.counter("a.max", "no latency, in spite of its name").increment();

        assertEquals(1, Figure.of(statistics, "a.max"));
    }

    @Test
    void shouldBeTheMeanOfALatency() {
        waits(10, 20, 60);

        assertEquals(30, Figure.of(statistics, "a.wait.ps"));
    }

    @Test
    void shouldBeAPercentileOrTheLongestThatTheNameEndsWith() {
        waits(10, 20, 60);

        assertEquals(20, Figure.of(statistics, "a.wait.ps.p50"));
        assertEquals(60, Figure.of(statistics, "a.wait.ps.p99.9"));
        assertEquals(60, Figure.of(statistics, "a.wait.ps.max"));
    }

    @Test
    void shouldBeMissingWithoutSuchAStatistic() {
        waits(10);

        assertNull(Figure.of(statistics, "a.wait"));
        assertNull(Figure.of(statistics, "b.wait.ps.p50"));
        assertNull(Figure.of(statistics, "a.wait.ps.median"));
    }
}
