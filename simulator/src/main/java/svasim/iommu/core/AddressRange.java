package svasim.iommu.core;

import svasim.memory.TaggedCache;

/**
 * Addresses that an invalidation names.
 *
 * @param bytes from {@code start} on
 */
public record AddressRange(long start, long bytes) {
    private static final int PAGE_BYTES = 1 << 12;
    private static final int TOP_BYTE = 8;

    /** The smallest range around an address: an entry that meets it is removed whole. */
    public static AddressRange page(long address) {
        return new AddressRange(address & -PAGE_BYTES, PAGE_BYTES);
    }

    /** An input address as it is cached: the bits above 55 equal to it. */
    public static long canonical(long address) {
        return address << TOP_BYTE >> TOP_BYTE;
    }

    /** Removes piece by piece: the largest that are aligned to their size. */
    int invalidate(TaggedCache cache, long tag, long mask) {
        int removed = 0;
        long at = start;
        long left = bytes;
        while (left > 0) {
            int aligned = at == 0 ? Long.SIZE - 2 : Long.numberOfTrailingZeros(at);
            int fitting = Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
            int shift = Math.min(aligned, fitting);
            removed += cache.invalidate(tag, mask, at, shift);
            at += 1L << shift;
            left -= 1L << shift;
        }
        return removed;
    }
}
