package svasim.models.dmabench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.device.DeviceTable;

/** The card's own page table, which its driver fills and empties. */
class CardMmuTest {
    private static final long PAGE = 0x7000;
    private static final long TARGET = 0x1_0000;
    private static final long READABLE = TARGET | DeviceTable.VALID;
    private static final long WRITABLE = READABLE | DeviceTable.WRITABLE;

    private final List<String> told = new ArrayList<>();
    private final CardMmu mmu = new CardMmu(new Told());
    private final Slot slot = new Slot(0, 0, null, 64);
    private final Slot other = new Slot(1, 0, null, 64);

    /** Notes what the card hears. */
    private final class Told implements CardMmu.Listener {
        @Override
        public void faulted() {
            told.add("fault");
        }

        @Override
        public void retry(long nowPs, Slot which) {
            told.add("retry " + which.index());
        }

        @Override
        public void refuse(long nowPs, Slot which) {
            told.add("refuse " + which.index());
        }
    }

    @Test
    void shouldTranslateWhatDriverHasSet() {
        mmu.set(0, PAGE, READABLE);

        assertEquals(TARGET + 0x40, mmu.translate(slot, PAGE + 0x40, false));
    }

    @Test
    void shouldFaultOncePerPageHoweverManyWait() {
        assertEquals(CardMmu.WAITS, mmu.translate(slot, PAGE, false));
        assertEquals(CardMmu.WAITS, mmu.translate(other, PAGE + 8, false));

        assertEquals(List.of("fault"), told);
        assertEquals(PAGE, mmu.takeFault());
        assertEquals(CardMmu.NO_FAULT, mmu.takeFault());
    }

    @Test
    void shouldFaultForWriteToPageThatMayOnlyBeRead() {
        mmu.set(0, PAGE, READABLE);

        assertEquals(CardMmu.WAITS, mmu.translate(slot, PAGE, true));
        assertEquals(PAGE | CardMmu.WRITE_FAULT, mmu.takeFault());
    }

    @Test
    void shouldRetryEveryAccessThatWaitsForPage() {
        mmu.translate(other, PAGE, true);
        mmu.translate(slot, PAGE, true);
        told.clear();

        mmu.set(0, PAGE, WRITABLE);

        assertEquals(List.of("retry 0", "retry 1"), told);
    }

    @Test
    void shouldRefuseAccessToPageThatCannotBeHad() {
        mmu.translate(slot, PAGE, true);
        told.clear();

        mmu.set(0, PAGE, 0);

        assertEquals(List.of("refuse 0"), told);
    }

    @Test
    void shouldFaultAgainAfterRemoval() {
        mmu.set(0, PAGE, WRITABLE);

        mmu.remove(0, Long.MAX_VALUE);

        assertEquals(CardMmu.WAITS, mmu.translate(slot, PAGE, false));
    }

    @Test
    void shouldKeepEntriesOutsideOfRemovedRange() {
        mmu.set(0, PAGE, WRITABLE);

        mmu.remove(PAGE + 0x1000, PAGE + 0x2000);

        assertEquals(TARGET, mmu.translate(slot, PAGE, false));
    }

    @Test
    void shouldBeInUseUntilAccessesFromBeforeRemovalAreOver() {
        mmu.set(0, PAGE, WRITABLE);
        mmu.translate(slot, PAGE, true);

        mmu.remove(0, Long.MAX_VALUE);

        assertTrue(mmu.isUsedStill());
        mmu.over(slot);
        assertFalse(mmu.isUsedStill());
    }

    @Test
    void shouldNotCountAccessesFromAfterRemoval() {
        mmu.remove(0, Long.MAX_VALUE);
        mmu.set(0, PAGE, WRITABLE);
        mmu.translate(slot, PAGE, true);

        assertFalse(mmu.isUsedStill());
    }
}
