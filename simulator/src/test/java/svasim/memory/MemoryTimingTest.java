package svasim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

class MemoryTimingTest {
    private static final long DRAM = 85_000;
    private static final long BUSY = 2_000;
    private static final MemoryConfig CONFIG =
            new MemoryConfig(null, null, new Picoseconds(DRAM), null, 4, new Picoseconds(BUSY));

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
    void shouldRefuseMemoryThatIsNotWholeFrames() {
        var odd = new ByteSize(100);

        assertEquals(
                "size",
                assertThrows(
                                Require.Violation.class,
                                () -> new MemoryConfig(null, odd, null, null, null, null))
                        .component());
        assertThrows(
                Require.Violation.class, () -> new MemoryConfig(odd, null, null, null, null, null));
        assertThrows(
                Require.Violation.class, () -> new MemoryConfig(null, null, null, null, 0, null));
    }
}
