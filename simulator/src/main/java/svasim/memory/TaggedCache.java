package svasim.memory;

import java.util.Arrays;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/**
 * The one set-associative cache of translations, of IOMMUs and of devices. An entry covers 2^shift
 * bytes (or whatever the user counts) of an address space that the user names by a 64-bit tag, and
 * holds a fixed number of words. Entries of several sizes live side by side; a look-up tries the
 * sizes that are present, the smallest first.
 *
 * <p>Entries that have no address, such as a device's context entry, use address 0 and any shift.
 */
public final class TaggedCache {
    /** No entry matches; also what {@link #insert} of a cache without sets returns. */
    public static final int MISS = -1;

    /** Shift of a range that covers every address. */
    public static final int EVERYTHING = 64;

    /** Tag mask of an invalidation that looks at every tag bit. */
    public static final long EXACT = -1L;

    private static final byte EMPTY = -1;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int setMask;
    private final int ways;
    private final int wordsPerEntry;
    private final boolean touchOnHit;
    private final long lookupPs;
    private final long[] tags;
    private final long[] pages;
    private final byte[] shifts;
    private final long[] stamps;
    private final long[] words;
    private final int[] entriesOfShift = new int[Long.SIZE];
    private final InvalidationLog missed;

    private long shiftsPresent;
    private long clock;

    private final Counter hits;
    private final Counter misses;
    private final Counter evictions;
    private final Counter invalidated;

    /**
     * @param name prefix of the statistics, for example {@code iommu0.iotlb}
     * @param wordsPerEntry payload of an entry
     */
    public TaggedCache(String name, CacheConfig config, int wordsPerEntry, Statistics statistics) {
        this(name, config, wordsPerEntry, statistics, new FillGuard());
    }

    /**
     * @param guard look-ups whose results are {@linkplain #insert(long, long, int, long) kept}
     */
    public TaggedCache(
            String name,
            CacheConfig config,
            int wordsPerEntry,
            Statistics statistics,
            FillGuard guard) {
        this.missed = new InvalidationLog(guard);
        this.setMask = config.sets() - 1;
        this.ways = config.ways();
        this.wordsPerEntry = wordsPerEntry;
        this.touchOnHit = config.replacement() == Replacement.LRU;
        this.lookupPs = config.sets() == 0 ? 0 : config.lookup().value();
        int entries = config.sets() * ways;
        tags = new long[entries];
        pages = new long[entries];
        shifts = new byte[entries];
        stamps = new long[entries];
        words = new long[entries * wordsPerEntry];
        Arrays.fill(shifts, EMPTY);
        hits = statistics.counter(name + ".hits", "look-ups that found an entry");
        misses = statistics.counter(name + ".misses", "look-ups that found nothing");
        evictions = statistics.counter(name + ".evictions", "entries that made room for others");
        invalidated = statistics.counter(name + ".invalidated", "entries removed by software");
    }

    /** A cache that never holds anything. */
    public static TaggedCache absent() {
        return new TaggedCache("absent", CacheConfig.of(0, 1), 0, new Statistics());
    }

    /** Time that a look-up takes, for the caller to spend; 0 if the cache has no sets. */
    public long lookupPs() {
        return lookupPs;
    }

    /**
     * Looks up; a hit counts as a use.
     *
     * @return slot of the entry that covers the address, or {@link #MISS}
     */
    public int find(long tag, long address) {
        int slot = peek(tag, address);
        if (slot == MISS) {
            misses.increment();
            return MISS;
        }
        hits.increment();
        if (touchOnHit) {
            stamps[slot] = ++clock;
        }
        return slot;
    }

    /** Looks up without counting or ageing anything. */
    public int peek(long tag, long address) {
        for (long left = shiftsPresent; left != 0; left &= left - 1) {
            int shift = Long.numberOfTrailingZeros(left);
            int slot = slotOf(tag, address >>> shift, shift);
            if (slot != MISS) {
                return slot;
            }
        }
        return MISS;
    }

    /** Number of entries, of different sizes, that cover the address. */
    public int covering(long tag, long address) {
        int count = 0;
        for (long left = shiftsPresent; left != 0; left &= left - 1) {
            int shift = Long.numberOfTrailingZeros(left);
            count += slotOf(tag, address >>> shift, shift) == MISS ? 0 : 1;
        }
        return count;
    }

    /**
     * Makes room for an entry, or reuses the one that covers the same range; the caller then sets
     * its words.
     *
     * @param shift 0 to 63
     * @return its slot, or {@link #MISS} if the cache has no sets
     */
    public int insert(long tag, long address, int shift) {
        if (setMask < 0) {
            return MISS;
        }
        long page = address >>> shift;
        int slot = slotOf(tag, page, shift);
        if (slot == MISS) {
            slot = victim(firstSlot(tag, page));
            if (shifts[slot] != EMPTY) {
                evictions.increment();
                forget(slot);
            }
            tags[slot] = tag;
            pages[slot] = page;
            shifts[slot] = (byte) shift;
            if (entriesOfShift[shift]++ == 0) {
                shiftsPresent |= 1L << shift;
            }
        }
        stamps[slot] = ++clock;
        return slot;
    }

    /**
     * The same for what a look-up has read over time: refused if an invalidation that would have
     * removed the entry came after the look-up began. An invalidation by words counts as if every
     * word agreed.
     *
     * @param lookUp its number, by the cache's {@link FillGuard}
     * @return the entry's slot, or {@link #MISS}
     */
    public int insert(long tag, long address, int shift, long lookUp) {
        boolean old = missed.covers(lookUp, tag, address >>> shift << shift, shift);
        return old ? MISS : insert(tag, address, shift);
    }

    /** Words of payload that an entry has. */
    public int wordsPerEntry() {
        return wordsPerEntry;
    }

    public long word(int slot, int index) {
        return words[slot * wordsPerEntry + index];
    }

    public void word(int slot, int index, long value) {
        words[slot * wordsPerEntry + index] = value;
    }

    /**
     * Removes the entries whose tag agrees with {@code tag} in the bits of {@code mask} and whose
     * range meets the 2^shift bytes around {@code address}.
     *
     * @param shift up to {@link #EVERYTHING}
     * @return how many
     */
    public int invalidate(long tag, long mask, long address, int shift) {
        missed.add(tag, mask, address, shift);
        int removed = 0;
        for (int slot = 0; slot < shifts.length; slot++) {
            if (shifts[slot] != EMPTY
                    && ((tags[slot] ^ tag) & mask) == 0
                    && meets(slot, address, shift)) {
                forget(slot);
                removed++;
            }
        }
        invalidated.add(removed);
        return removed;
    }

    /**
     * Removes the entries whose tag agrees in the bits of {@code mask} and one of whose words
     * agrees with {@code value} in the bits of {@code valueMask}.
     *
     * @return how many
     */
    public int invalidateWord(long tag, long mask, int index, long value, long valueMask) {
        missed.add(tag, mask, 0, EVERYTHING);
        int removed = 0;
        for (int slot = 0; slot < shifts.length; slot++) {
            if (shifts[slot] != EMPTY
                    && ((tags[slot] ^ tag) & mask) == 0
                    && ((word(slot, index) ^ value) & valueMask) == 0) {
                forget(slot);
                removed++;
            }
        }
        invalidated.add(removed);
        return removed;
    }

    /** Removes the entries of all addresses whose tag agrees in the bits of the mask. */
    public int invalidate(long tag, long mask) {
        return invalidate(tag, mask, 0, EVERYTHING);
    }

    /** Removes everything. */
    public int clear() {
        return invalidate(0, 0);
    }

    /** Number of slots; those that are {@linkplain #holds in use} hold an entry. */
    public int slots() {
        return shifts.length;
    }

    public boolean holds(int slot) {
        return shifts[slot] != EMPTY;
    }

    public long tag(int slot) {
        return tags[slot];
    }

    /** First address of the entry's range. */
    public long base(int slot) {
        return pages[slot] << shifts[slot];
    }

    public int shift(int slot) {
        return shifts[slot];
    }

    private boolean meets(int slot, long address, int shift) {
        int coarser = Math.max(shift, shifts[slot]);
        return coarser >= EVERYTHING || (base(slot) ^ address) >>> coarser == 0;
    }

    private int slotOf(long tag, long page, int shift) {
        int first = firstSlot(tag, page);
        for (int slot = first; slot < first + ways; slot++) {
            if (shifts[slot] == shift && pages[slot] == page && tags[slot] == tag) {
                return slot;
            }
        }
        return MISS;
    }

    /** Neighbouring pages fall into neighbouring sets; the tag moves where they start. */
    private int firstSlot(long tag, long page) {
        return ((int) page + (int) (tag * GOLDEN >>> Integer.SIZE) & setMask) * ways;
    }

    private int victim(int first) {
        int oldest = first;
        for (int slot = first; slot < first + ways; slot++) {
            if (shifts[slot] == EMPTY) {
                return slot;
            }
            if (stamps[slot] < stamps[oldest]) {
                oldest = slot;
            }
        }
        return oldest;
    }

    private void forget(int slot) {
        int shift = shifts[slot];
        shifts[slot] = EMPTY;
        if (--entriesOfShift[shift] == 0) {
            shiftsPresent &= ~(1L << shift);
        }
    }
}
