package svasim.cpu;

import java.util.Arrays;

/**
 * Translations of the address space that a core runs: direct lists of 4 KiB pages with permissions,
 * the entry used longest ago is replaced. There is no tag of the address space: loading another one
 * empties the TLB (a core without PCID).
 */
public final class Tlb {
    /** Result of {@link #lookup} without an entry. */
    public static final long MISS = -1L;

    private static final long NO_PAGE = -1L;
    private static final int PAGE_SHIFT = 12;
    private static final long PERMISSIONS = (1L << PAGE_SHIFT) - 1;

    private final long[] pages;
    private final long[] outputs;
    private final long[] lastUse;
    private long uses;

    Tlb(int entries) {
        pages = new long[entries];
        outputs = new long[entries];
        lastUse = new long[entries];
        Arrays.fill(pages, NO_PAGE);
    }

    /**
     * @param access wanted bits of {@link svasim.paging.Access}
     * @return physical address of the byte, or {@link #MISS}
     */
    public long lookup(long va, int access) {
        int slot = find(va >>> PAGE_SHIFT);
        if (slot < 0 || (outputs[slot] & access) != access) {
            return MISS;
        }
        lastUse[slot] = ++uses;
        return outputs[slot] & ~PERMISSIONS | va & PERMISSIONS;
    }

    /** Remembers a page and what it permits. */
    public void fill(long va, long frame, int permissions) {
        int slot = find(va >>> PAGE_SHIFT);
        if (slot < 0) {
            slot = oldest();
        }
        pages[slot] = va >>> PAGE_SHIFT;
        outputs[slot] = frame & ~PERMISSIONS | permissions;
        lastUse[slot] = ++uses;
    }

    /** Forgets the pages that overlap {@code [start, end)}. */
    public void invalidate(long start, long end) {
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != NO_PAGE
                    && pages[i] >= start >>> PAGE_SHIFT
                    && pages[i] <= end - 1 >>> PAGE_SHIFT) {
                pages[i] = NO_PAGE;
            }
        }
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(pages, NO_PAGE);
    }

    private int find(long page) {
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] == page) {
                return i;
            }
        }
        return -1;
    }

    private int oldest() {
        int oldest = 0;
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] == NO_PAGE) {
                return i;
            }
            if (lastUse[i] < lastUse[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }
}
