package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Ranges rounded to what one descriptor can name. */
class BlockTest {
    private static final long PAGE = 4096;
    private static final long PAGES = 1L << 35;

    @Property
    void shouldCoverRangeByAlignedPowerOfTwo(
            @ForAll @LongRange(min = 0, max = PAGES) long first,
            @ForAll @LongRange(min = 1, max = 1 << 20) long pages) {
        Block block = Block.covering(first * PAGE, (first + pages) * PAGE);

        long size = PAGE << block.order();
        assertEquals(0, block.start() % size);
        assertTrue(block.start() <= first * PAGE);
        assertTrue(block.start() + size >= (first + pages) * PAGE);
    }

    @Property
    void shouldBeSmallestSuchBlock(
            @ForAll @LongRange(min = 0, max = PAGES) long first,
            @ForAll @LongRange(min = 2, max = 1 << 20) long pages) {
        Block block = Block.covering(first * PAGE, (first + pages) * PAGE);

        long half = PAGE << block.order() - 1;
        long lastPage = (first + pages - 1) * PAGE;
        assertTrue(first * PAGE / half != lastPage / half);
    }

    /** Counts the ones above bit 12 up to the first zero, as hardware does. */
    @Property
    void shouldCodeSizeInAddress(
            @ForAll @LongRange(min = 0, max = PAGES) long first,
            @ForAll @LongRange(min = 1, max = 1 << 20) long pages) {
        Block block = Block.covering(first * PAGE, (first + pages) * PAGE);

        long address = block.address();
        int ones = Long.numberOfTrailingZeros(~(address >>> 12));
        int order = block.isSized() ? ones + 1 : 0;
        assertEquals(block.order(), order);
        assertEquals(block.start(), address >>> 12 + order << 12 + order);
    }

    @Test
    void shouldWidenUntilBothEndsAreCovered() {
        assertEquals(new Block(0, 4), Block.covering(7 * PAGE, 11 * PAGE));
    }

    @Test
    void shouldTakeEndOfAllOnesForEverything() {
        assertTrue(Block.covering(0, -1).isAll());
        assertFalse(Block.covering(0, PAGE).isAll());
    }
}
