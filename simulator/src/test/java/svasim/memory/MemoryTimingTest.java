package svasim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

class MemoryTimingTest {
    private static final long DRAM = 85_000;
    private static final long BUSY = 2_000;
    private static final long INTERVAL = 7_800_000;
    private static final long REFRESH = 350_000;
    private static final long STEP = 10_000;
    private static final MemoryConfig CONFIG =
            new MemoryConfig(
                    null, null, new Picoseconds(DRAM), null, 4, new Picoseconds(BUSY), null);

    private final MemoryTiming timing = new MemoryTiming(CONFIG);

    @Test
    void shouldAnswerAfterTheLatencyOfDram() {
        assertEquals(100 + DRAM, timing.dramDonePs(100, 0x1000, 64));
    }

    @Test
    void shouldMakeTheSecondAccessToABankWaitUntilItIsFree() {
        timing.dramDonePs(0, 0x1000, 8);

        assertEquals(BUSY + DRAM, timing.dramDonePs(BUSY - 1, 0x1000, 8));
    }

    @Test
    void shouldNotMakeAnAccessWaitForABankThatIsJustFree() {
        timing.dramDonePs(0, 0x1000, 8);

        assertEquals(BUSY + DRAM, timing.dramDonePs(BUSY, 0x1000, 8));
    }

    @Test
    void shouldServeLinesOfDifferentBanksAtOnce() {
        timing.dramDonePs(0, 0x1000, 64);

        assertEquals(DRAM, timing.dramDonePs(0, 0x1040, 64));
        assertEquals(BUSY + DRAM, timing.dramDonePs(0, 0x1100, 64));
    }

    @Test
    void shouldFinishALongAccessWithItsLastLine() {
        assertEquals(DRAM, timing.dramDonePs(0, 0x1000, 256));
        assertEquals(2 * BUSY + DRAM, timing.dramDonePs(0, 0x1000, 257));
    }

    @Test
    void shouldCountTheLinesThatAnUnalignedAccessTouches() {
        timing.dramDonePs(0, 0x1040, 1);

        assertEquals(BUSY + DRAM, timing.dramDonePs(0, 0x103F, 2));
    }

    @Test
    void shouldAnswerHitsInTheLastLevelCacheWithoutABank() {
        timing.dramDonePs(0, 0x1000, 64);

        assertEquals(CONFIG.llc().value(), timing.llcDonePs(0));
    }

    @Test
    void shouldMakeAccessesWaitForTheEndOfTheRefreshOfTheirRank() {
        long[] waits = waits(0);

        long first = 0;
        while (waits[(int) first] == 0) {
            first++;
        }
        for (int i = 0; i < waits.length; i++) {
            boolean refreshing = i >= first && i < first + REFRESH / STEP;
            long leftPs = waits[(int) first] - (i - first) * STEP;
            assertEquals(refreshing ? leftPs : 0, waits[i], "at step " + i);
        }
        assertTrue(waits[(int) first] > REFRESH - STEP && waits[(int) first] <= REFRESH);
    }

    @Test
    void shouldRefreshRanksAtTimesOfTheirOwnAndAtOtherTimesInEachInterval() {
        assertNotEquals(begin(0, 0), begin(0, 0x40));
        assertNotEquals(begin(0, 0), begin(1, 0) - INTERVAL);
        assertEquals(begin(0, 0), begin(0, 0x80), "of the same rank");
    }

    /** Time of the first access to be held back in an interval, and all that follow. */
    private static long begin(int interval, long address) {
        long nowPs = interval * INTERVAL;
        while (refreshed().dramDonePs(nowPs, address, 64) == nowPs + DRAM) {
            nowPs += STEP;
        }
        return nowPs;
    }

    /** How much longer accesses take, over an interval. */
    private static long[] waits(long address) {
        long[] waits = new long[(int) (INTERVAL / STEP)];
        for (int i = 0; i < waits.length; i++) {
            long nowPs = i * STEP;
            waits[i] = refreshed().dramDonePs(nowPs, address, 64) - nowPs - DRAM;
        }
        return waits;
    }

    @Test
    void shouldRefuseARefreshWithoutEnd() {
        var whole = new Picoseconds(INTERVAL);

        assertThrows(Require.Violation.class, () -> new RefreshConfig(1, whole, whole));
    }

    private static MemoryTiming refreshed() {
        var refresh = new RefreshConfig(2, new Picoseconds(INTERVAL), new Picoseconds(REFRESH));
        return new MemoryTiming(
                new MemoryConfig(
                        null,
                        null,
                        new Picoseconds(DRAM),
                        null,
                        4,
                        new Picoseconds(BUSY),
                        refresh));
    }

    @Test
    void shouldRefuseMemoryThatIsNotWholeFrames() {
        var odd = new ByteSize(100);

        assertEquals(
                "size",
                assertThrows(
                                Require.Violation.class,
                                () -> new MemoryConfig(null, odd, null, null, null, null, null))
                        .component());
        assertThrows(
                Require.Violation.class,
                () -> new MemoryConfig(odd, null, null, null, null, null, null));
        assertThrows(
                Require.Violation.class,
                () -> new MemoryConfig(null, null, null, null, 0, null, null));
    }
}
