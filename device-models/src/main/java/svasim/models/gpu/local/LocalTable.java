package svasim.models.gpu.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pages of processes are in the local memory. A page may also be held: accesses to it wait,
 * since it is on its way.
 */
final class LocalTable {
    /** A page of a process. */
    record Page(int pasid, long number) {}

    /** What is known of a page, and how many accesses were translated with it. */
    static final class Entry {
        private final long offset;
        private final boolean writable;
        private final boolean held;
        private int users;

        private Entry(long offset, boolean writable, boolean held) {
            this.offset = offset;
            this.writable = writable;
            this.held = held;
        }

        long offset() {
            return offset;
        }

        boolean isHeld() {
            return held;
        }

        boolean permits(boolean write) {
            return writable || !write;
        }

        void used() {
            users++;
        }

        void over() {
            users--;
        }
    }

    private final Map<Page, Entry> entries = new LinkedHashMap<>();

    /** Entries that are no more, for as long as accesses were translated with them. */
    private final List<Entry> retired = new ArrayList<>();

    /** Null if nothing is known of the page. */
    Entry find(Page page) {
        return entries.get(page);
    }

    /** Accesses to the page wait, unless it is in the local memory already. */
    void hold(Page page) {
        entries.putIfAbsent(page, new Entry(0, false, true));
    }

    void map(Page page, long offset, boolean writable) {
        retire(entries.put(page, new Entry(offset, writable, false)));
    }

    void unmap(Page page) {
        retire(entries.remove(page));
    }

    void letGo(Page page) {
        Entry entry = entries.get(page);
        if (entry != null && entry.held) {
            entries.remove(page);
        }
    }

    /** All pages of a process that something is known of. */
    List<Page> pagesOf(int pasid) {
        return entries.keySet().stream().filter(page -> page.pasid() == pasid).toList();
    }

    /** Whether an access is under way with an entry that is no more. */
    boolean isUsedStill() {
        retired.removeIf(entry -> entry.users == 0);
        return !retired.isEmpty();
    }

    void reset() {
        entries.clear();
        retired.clear();
    }

    private void retire(Entry entry) {
        if (entry != null && entry.users > 0) {
            retired.add(entry);
        }
    }
}
