package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.units.Picoseconds;
import svasim.units.Require;

class AllocationTimesTest {
    private static final SlowAllocation TENS = new SlowAllocation(0.25, Picoseconds.ofMicros(50));
    private static final SlowAllocation HUNDREDS =
            new SlowAllocation(0.05, Picoseconds.ofMicros(300));

    private static MmConfig config(Map<String, SlowAllocation> slow) {
        return new MmConfig(null, null, null, null, null, null, slow);
    }

    private static Map<Long, Integer> draw(MmConfig config, int times) {
        AllocationTimes allocations = new AllocationTimes(config, new Kernel());
        Map<Long, Integer> counts = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            counts.merge(allocations.nextExtraPs(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void shouldAddNothingByDefault() {
        assertEquals(Map.of(0L, 100), draw(MmConfig.defaults(), 100));
    }

    @Test
    void shouldBeSlowAsOftenAsAsked() {
        Map<Long, Integer> counts = draw(config(Map.of("a", TENS, "b", HUNDREDS)), 20_000);

        assertEquals(3, counts.size());
        assertEquals(0.70, counts.get(0L) / 20_000.0, 0.02);
        assertEquals(0.25, counts.get(50_000_000L) / 20_000.0, 0.02);
        assertEquals(0.05, counts.get(300_000_000L) / 20_000.0, 0.01);
    }

    @Test
    void shouldBeSlowTheSameTimesAgain() {
        MmConfig config = config(Map.of("a", TENS));

        assertEquals(draw(config, 1000), draw(config, 1000));
    }

    @Test
    void shouldRefuseSharesOfMoreThanAll() {
        SlowAllocation most = new SlowAllocation(0.8, Picoseconds.ofMicros(1));

        assertThrows(Require.Violation.class, () -> config(Map.of("a", most, "b", TENS)));
        assertThrows(Require.Violation.class, () -> config(Map.of("a", most, "b", most)));
        assertThrows(Require.Violation.class, () -> new SlowAllocation(1.5, null));
    }
}
