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
        long end = wouldEnd(bytes);
        next = end;
        return end - sized(bytes);
    }

    /** End of the range that would be handed out next. */
    long wouldEnd(long bytes) {
        long size = sized(bytes);
        return (next + size - 1 & -size) + size;
    }

    /** Size of a range that so many bytes take. */
    static long sized(long bytes) {
        return Math.max(SMALLEST, Long.highestOneBit(2 * bytes - 1));
    }
}
