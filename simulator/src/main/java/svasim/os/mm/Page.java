package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.os.procedure.WaitQueue;

/**
 * What is known of a 4 KiB frame with contents of processes or files (struct page): how many
 * references it has, and where it is mapped. Each place at which it is mapped, each pin, the page
 * cache, the swap cache and whoever is at work on it hold a reference; the frame is freed with the
 * last one.
 */
final class Page {
    private final long frame;
    private final List<MappedAt> mappings = new ArrayList<>();

    /** Places that have a migration entry instead; each keeps its reference. */
    private final List<MappedAt> migrating = new ArrayList<>();

    private final WaitQueue unlocked = new WaitQueue("folio lock");
    private int references = 1;
    private int pins;
    private boolean locked;
    private boolean lazyFree;
    private RegularFile file;
    private long index;
    private SwapSlot slot;

    /** A page with one reference, of whoever asked for it. */
    Page(long frame) {
        this.frame = frame;
    }

    /** Physical address. */
    long frame() {
        return frame;
    }

    int references() {
        return references;
    }

    void get() {
        references++;
    }

    /**
     * @return true if that was the last reference
     */
    boolean put() {
        if (references == 0) {
            throw new IllegalStateException(this + ": no reference is left to give back");
        }
        return --references == 0;
    }

    List<MappedAt> mappings() {
        return mappings;
    }

    /** The page is mapped at one more place, which takes over a reference of the caller. */
    void mapped(Mm mm, long va) {
        mappings.add(new MappedAt(mm, va));
    }

    /** The page is mapped at one place less; the place's reference is the caller's now. */
    void unmapped(Mm mm, long va) {
        if (!mappings.remove(new MappedAt(mm, va))) {
            throw new IllegalStateException(this + " is not mapped at " + Long.toHexString(va));
        }
    }

    List<MappedAt> migrating() {
        return migrating;
    }

    /** FOLL_LONGTERM: the page may be neither moved nor reclaimed. */
    void pin() {
        pins++;
        references++;
    }

    void unpin() {
        pins--;
    }

    boolean isPinned() {
        return pins > 0;
    }

    /** Folio lock: somebody reads it in, writes it out or moves it. */
    boolean isLocked() {
        return locked;
    }

    void lock() {
        locked = true;
    }

    void unlock() {
        locked = false;
        unlocked.wakeAll();
    }

    WaitQueue unlocked() {
        return unlocked;
    }

    /** MADV_FREE: may be dropped instead of written out, unless it was written since. */
    boolean isLazyFree() {
        return lazyFree;
    }

    void lazyFree(boolean lazy) {
        lazyFree = lazy;
    }

    /** The file whose cache it is in, or null. */
    RegularFile file() {
        return file;
    }

    long index() {
        return index;
    }

    /** The page cache of a file has taken it, or given it up. */
    void cachedBy(RegularFile cache, long pageIndex) {
        file = cache;
        index = pageIndex;
    }

    /** Where it is in the swap cache, or null. */
    SwapSlot slot() {
        return slot;
    }

    void slot(SwapSlot newSlot) {
        slot = newSlot;
    }

    /** Whether a store in a private mapping needs no copy: nobody else can see the page. */
    boolean isExclusive() {
        return file == null && mappings.size() == 1 && (slot == null || slot.references() == 0);
    }

    /** References that mappings, pins, page cache and swap cache account for. */
    int explained() {
        return mappings.size()
                + migrating.size()
                + pins
                + (file == null ? 0 : 1)
                + (slot == null ? 0 : 1);
    }

    @Override
    public String toString() {
        return "page 0x" + Long.toHexString(frame);
    }
}
