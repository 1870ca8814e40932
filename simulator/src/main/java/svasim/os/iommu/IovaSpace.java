package svasim.os.iommu;

import java.util.Map;
import java.util.TreeMap;
import svasim.kernel.RandomStream;

/**
 * Device addresses of one domain, each range aligned to its size rounded up to a power of two. They
 * are handed out from the top downwards, or, as after long use, at random.
 */
final class IovaSpace {
    /** No range is large enough; never an address. */
    static final long NONE = 0;

    private static final long PAGE = 4096;

    /** Places that are tried at random before the highest free one is taken. */
    private static final int TRIES = 64;

    private final long top;
    private final long span;
    private final RandomStream random;

    /** Ranges in use: size by first address. */
    private final TreeMap<Long, Long> used = new TreeMap<>();

    /**
     * @param top first address that is too large
     */
    IovaSpace(long top) {
        this(top, 0, null);
    }

    /**
     * @param span bytes below the top from which addresses are taken at random; 0 for none
     */
    IovaSpace(long top, long span, RandomStream random) {
        this.top = top;
        this.span = span;
        this.random = random;
    }

    /**
     * Takes a free range, the highest if there is no span; page 0 is never handed out.
     *
     * @param bytes whole pages
     * @return its first address, or {@link #NONE}
     */
    long allocate(long bytes) {
        long alignment = Long.highestOneBit(2 * bytes - 1);
        long anywhere = span < alignment ? NONE : anywhere(bytes, alignment);
        return anywhere == NONE ? highest(bytes, alignment) : take(anywhere, bytes);
    }

    /** Start of a free range in the span, or {@link #NONE} if none was found. */
    private long anywhere(long bytes, long alignment) {
        for (int i = 0; i < TRIES; i++) {
            long place = random.below(span / alignment) * alignment;
            long candidate = (top - span & -alignment) + place;
            Map.Entry<Long, Long> below = used.floorEntry(candidate + bytes - 1);
            boolean free = below == null || below.getKey() + below.getValue() <= candidate;
            if (free && candidate >= PAGE) {
                return candidate;
            }
        }
        return NONE;
    }

    private long highest(long bytes, long alignment) {
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
