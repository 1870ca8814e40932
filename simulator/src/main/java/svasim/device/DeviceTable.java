package svasim.device;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hardware: a page table of the device's own, which its driver keeps like that of a process (HMM).
 * It knows which accesses are under way with entries that were removed since.
 *
 * @param <A> an access, compared by identity or value, under way once at a time
 */
public final class DeviceTable<A> {
    /** Instead of a device address: there is no entry that permits the access. */
    public static final long ABSENT = -1;

    /** Flags of an entry, whose other bits are the device address of a page. */
    public static final long VALID = 1;

    public static final long WRITABLE = 2;

    public static final long PAGE = 4096;

    private final TreeMap<Long, Long> entries = new TreeMap<>();

    /** Accesses under way, by the state of the table that they were translated with. */
    private final Map<A, Long> underWay = new HashMap<>();

    private long removals;

    /** The device address behind an address, whose access is under way then, or {@link #ABSENT}. */
    public long translate(A access, long address, boolean write) {
        if (!permits(address, write)) {
            return ABSENT;
        }
        underWay.put(access, removals);
        return (entries.get(address & -PAGE) & -PAGE) + (address & PAGE - 1);
    }

    /** Whether an access would find its page. */
    public boolean permits(long address, boolean write) {
        long entry = entries.getOrDefault(address & -PAGE, 0L);
        return (entry & VALID) != 0 && (!write || (entry & WRITABLE) != 0);
    }

    /** An access that was translated is over. */
    public void over(A access) {
        underWay.remove(access);
    }

    /**
     * Sets the entry of a page.
     *
     * @param entry device address and flags
     */
    public void set(long page, long entry) {
        entries.put(page, entry);
    }

    /** Removes the entries of a range; accesses that use them may still be under way. */
    public void remove(long start, long end) {
        entries.subMap(start, end).clear();
        removals++;
    }

    /** Makes room: the entry goes, and may come again as it was. */
    public void forget(long page) {
        entries.remove(page);
    }

    /** Whether an access is under way that was translated before the last removal. */
    public boolean isUsedStill() {
        return underWay.values().stream().anyMatch(since -> since < removals);
    }

    public void reset() {
        entries.clear();
        underWay.clear();
    }
}
