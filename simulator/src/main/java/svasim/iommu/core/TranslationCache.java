package svasim.iommu.core;

import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.TableWalk;

/** Finished translations (IOTLB, TLB): what a {@link TaggedCache} holds for each of them. */
public final class TranslationCache {
    /** Words of an entry. */
    public static final int WORDS = 4;

    private static final int OUTPUT = 0;
    private static final int FLAGS = 1;
    private static final int LEAF = 2;
    private static final int REQUEST = 3;

    private static final long PERMISSIONS = Access.READ | Access.WRITE | Access.EXECUTE;
    private static final long DIRTY_KNOWN = 1L << 8;

    private final TaggedCache entries;

    /**
     * @param entries a cache with {@link #WORDS} words an entry
     */
    public TranslationCache(TaggedCache entries) {
        this.entries = entries;
    }

    /** For invalidation. */
    public TaggedCache entries() {
        return entries;
    }

    /** Slot of the translation of the address, or {@link TaggedCache#MISS}. */
    public int find(long tag, long address) {
        return entries.find(tag, address);
    }

    /**
     * Keeps the result of a walk.
     *
     * @param output address that {@code address} is translated to
     * @param permissions bits of {@link Access}
     * @param dirtyKnown whether writes need no update of a dirty bit
     * @param request that has walked
     */
    public void fill(
            long tag,
            long address,
            int shift,
            long output,
            int permissions,
            boolean dirtyKnown,
            long leaf,
            Inquiry request) {
        int slot = entries.insert(tag, address, shift, request.serial());
        if (slot != TaggedCache.MISS) {
            entries.word(slot, OUTPUT, output & -1L << shift);
            entries.word(slot, FLAGS, permissions & PERMISSIONS | (dirtyKnown ? DIRTY_KNOWN : 0));
            entries.word(slot, LEAF, leaf);
            entries.word(
                    slot,
                    REQUEST,
                    (long) request.requesterId() << Integer.SIZE | request.pasid() & 0xFFFF_FFFFL);
        }
    }

    /** Keeps what a walk through page tables has found for a request. */
    public void fill(long tag, long address, TableWalk tables, Inquiry request) {
        fill(tag, address, tables.pageShift(), tables, request);
    }

    /** The same for 2^shift bytes around the address. */
    public void fill(long tag, long address, int shift, TableWalk tables, Inquiry request) {
        fill(
                tag,
                address,
                shift,
                tables.output(),
                tables.permissions(),
                tables.dirtyKnown(),
                tables.leaf(),
                request);
    }

    /** As {@link #find} with the first tag that has an entry: one look-up of both. */
    public int find(long tag, long otherTag, long address) {
        boolean first = entries.peek(tag, address) != TaggedCache.MISS;
        return entries.find(first ? tag : otherTag, address);
    }

    /** Number of entries, of different sizes, that cover the address. */
    public int covering(long tag, long address) {
        return entries.covering(tag, address);
    }

    /** Address that the entry translates this one to. */
    public long output(int slot, long address) {
        return entries.word(slot, OUTPUT) | address & (1L << entries.shift(slot)) - 1;
    }

    public int shift(int slot) {
        return entries.shift(slot);
    }

    public int permissions(int slot) {
        return (int) (entries.word(slot, FLAGS) & PERMISSIONS);
    }

    public boolean dirtyKnown(int slot) {
        return (entries.word(slot, FLAGS) & DIRTY_KNOWN) != 0;
    }

    public long leaf(int slot) {
        return entries.word(slot, LEAF);
    }

    /** Whether the entry alone permits the access: a write needs its dirty bit set already. */
    public boolean serves(int slot, int access) {
        int wanted = access & (int) PERMISSIONS;
        boolean permitted = (wanted & ~permissions(slot)) == 0;
        return permitted && ((wanted & Access.WRITE) == 0 || dirtyKnown(slot));
    }

    /** Shows every entry that lets something through. */
    public void visit(CachedTranslationVisitor visitor) {
        for (int slot = 0; slot < entries.slots(); slot++) {
            if (entries.holds(slot) && permissions(slot) != 0) {
                long request = entries.word(slot, REQUEST);
                visitor.entry(
                        (int) (request >>> Integer.SIZE),
                        (int) request,
                        entries.base(slot),
                        entries.shift(slot),
                        entries.word(slot, OUTPUT),
                        permissions(slot));
            }
        }
    }
}
