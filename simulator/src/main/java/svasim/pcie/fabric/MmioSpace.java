package svasim.pcie.fabric;

/** Hands out physical addresses for BARs, upwards. */
final class MmioSpace {
    private static final long SMALLEST = 4096;

    private long next;

    MmioSpace(long base) {
        next = base;
    }

    /** A range whose size is rounded up to a power of two, aligned to that size. */
    long allocate(long bytes) {
        long size = Math.max(SMALLEST, Long.highestOneBit(2 * bytes - 1));
        long start = next + size - 1 & -size;
        next = start + size;
        return start;
    }
}
