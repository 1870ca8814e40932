package svasim.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private final Statistics statistics = new Statistics();

    @Test
    void shouldCount() {
        Counter hits = statistics.counter("iommu0.iotlb.hits", "look-ups that found their page");
        hits.increment();
        hits.add(41);

        assertEquals(42, statistics.counters().get("iommu0.iotlb.hits").value());
        assertEquals("look-ups that found their page", statistics.description("iommu0.iotlb.hits"));
    }

    @Test
    void shouldListStatisticsByNameWhateverTheOrderOfRegistration() {
        statistics.counter("b.x", "");
        statistics.counter("a.y", "");
        statistics.latency("b.a.ps", "");
        statistics.latency("a.a.ps", "");

        assertEquals(List.of("a.y", "b.x"), List.copyOf(statistics.counters().keySet()));
        assertEquals(List.of("a.a.ps", "b.a.ps"), List.copyOf(statistics.latencies().keySet()));
    }

    @Test
    void shouldKeepNoTimesThatNobodyReads() {
        Histogram unread = Statistics.withoutLatencies().latency("a.ps", "");
        unread.recordValue(1_000_000);
        unread.recordValueWithCount(5, 5);

        assertEquals(0, unread.getTotalCount());
    }

    @Test
    void shouldRefuseASecondStatisticOfTheSameName() {
        statistics.counter("a", "");

        assertThrows(IllegalStateException.class, () -> statistics.counter("a", ""));
        assertThrows(IllegalStateException.class, () -> statistics.latency("a", ""));
    }

    @Test
    void shouldSayTheSameOfALatencyHoweverManyThereAre() {
        Histogram first = statistics.latency("first.ps", "");
        for (int i = 0; i < 1_000; i++) {
            statistics.latency("walk" + i + ".ps", "");
        }
        Histogram last = statistics.latency("last.ps", "");
        for (long ps = 1; ps < 1L << 40; ps = 3 * ps + 7) {
            first.recordValue(ps);
            last.recordValue(ps);
        }

        assertEquals(first, last);
        assertEquals(first.getMean(), last.getMean());
        assertEquals(first.getValueAtPercentile(90), last.getValueAtPercentile(90));
    }

    @Test
    void shouldKeepLatenciesFromPicosecondsToSecondsToThreeDigits() {
        Histogram walk = statistics.latency("iommu0.walk.latency.ps", "");
        walk.recordValue(1);
        walk.recordValue(123_456_789_012L);

        assertEquals(1, walk.getMinValue());
        assertEquals(123_456_789_012L, walk.getMaxValue(), 123_456_789_012L / 1_000.0);
    }

    @Test
    void shouldPutTheNameOfAPartInFrontOfItsStatistics() {
        Statistics guest = statistics.part("vm0");
        guest.counter("core0.tlb.hits", "TLB hits").increment();
        guest.latency("exit.ps", "");

        assertEquals(1, statistics.counters().get("vm0.core0.tlb.hits").value());
        assertEquals("TLB hits", statistics.description("vm0.core0.tlb.hits"));
        assertEquals(List.of("vm0.exit.ps"), List.copyOf(statistics.latencies().keySet()));
    }
}
