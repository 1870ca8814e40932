package svasim.os.iommu;

import java.util.Map;
import java.util.TreeMap;

/**
 * Device addresses of one domain, handed out from the top downwards, each range aligned to its size
 * rounded up to a power of two.
 */
final class IovaSpace {
    /** No range is large enough; never an address. */
    static final long NONE = 0;

    private static final long PAGE = 4096;

    private final long top;

    /** Ranges in use: size by first address. */
    private final TreeMap<Long, Long> used = new TreeMap<>();

    /**
     * @param top first address that is too large
     */
    IovaSpace(long top) {
        this.top = top;
    }

    /**
     * Takes the highest free range; page 0 is never handed out.
     *
     * @param bytes whole pages
     * @return its first address, or {@link #NONE}
     */
    long allocate(long bytes) {
        long alignment = Long.highestOneBit(2 * bytes - 1);
        long end = top;
        for (Map.Entry<Long, Long> range : used.descendingMap().entrySet()) {
            long candidate = end - bytes & -alignment;
            if (candidate >= range.getKey() + range.getValue()) {
                return take(candidate, bytes);
            }
            end = range.getKey();
        }
        long candidate = end - bytes & -alignment;
        return candidate < PAGE ? NONE : take(candidate, bytes);
    }

    /** Never hands out a range. */
    void reserve(long start, long bytes) {
        take(start, bytes);
    }

    private long take(long start, long bytes) {
        used.put(start, bytes);
        return start;
    }

    /** Gives a range back. */
    void free(long start) {
        if (used.remove(start) == null) {
            throw new IllegalArgumentException("not in use: 0x" + Long.toHexString(start));
        }
    }
}
