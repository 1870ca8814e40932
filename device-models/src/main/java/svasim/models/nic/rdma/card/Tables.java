package svasim.models.nic.rdma.card;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import svasim.device.BufferAccess;
import svasim.device.DeviceTable;
import svasim.device.Words;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.stats.Counter;

/**
 * Reads and writes the translation tables of regions. A table in memory of the host is cached; what
 * was read while something changed is read again.
 */
final class Tables {
    private final BufferAccess memory;
    private final int capacity;
    private final Counter loads;
    private final Queue<Cached> cached = new ArrayDeque<>();

    /** Counts changes of all tables. */
    private long changes;

    private record Cached(Region region, long page) {}

    /**
     * @param capacity entries that are cached
     * @param loads counts entries that were read from memory of the host
     */
    Tables(BufferAccess memory, int capacity, Counter loads) {
        this.memory = memory;
        this.capacity = capacity;
        this.loads = loads;
    }

    /**
     * Looks for what an access needs.
     *
     * @param then called when what is not in the card's table now is missing; from within this call
     *     if that is so at once
     */
    void prepare(PacketAccess access, Runnable then) {
        List<Long> missing = access.missing();
        if (access.region().hostTable() == 0 || missing.isEmpty()) {
            then.run();
        } else {
            load(access, missing, then);
        }
    }

    private void load(PacketAccess access, List<Long> pages, Runnable then) {
        Region region = access.region();
        long before = changes;
        long first = pages.get(0);
        byte[] entries = new byte[pages.size() * Long.BYTES];
        loads.add(pages.size());
        memory.read(
                PasidPrefix.NONE,
                region.entryAddress(first),
                entries,
                status -> {
                    if (changes != before) {
                        prepare(access, then);
                        return;
                    }
                    if (status == DmaStatus.OK) {
                        store(region, first, entries);
                    }
                    then.run();
                });
    }

    private void store(Region region, long first, byte[] entries) {
        for (int at = 0; at < entries.length; at += Long.BYTES) {
            long page = first + at / Long.BYTES * DeviceTable.PAGE;
            long entry = Words.u64(entries, at);
            if ((entry & DeviceTable.VALID) != 0) {
                region.table().set(page, entry);
                cached.add(new Cached(region, page));
            }
        }
        while (cached.size() > capacity) {
            Cached oldest = cached.remove();
            oldest.region().table().forget(oldest.page());
        }
    }

    /**
     * Sets entries.
     *
     * @param then called when they are where they belong
     */
    void set(Region region, long start, byte[] entries, Runnable then) {
        changes++;
        boolean inCard = region.hostTable() == 0;
        for (int at = 0; at < entries.length; at += Long.BYTES) {
            long page = start + at / Long.BYTES * DeviceTable.PAGE;
            if (inCard) {
                region.table().set(page, Words.u64(entries, at));
            } else {
                region.table().forget(page);
            }
        }
        if (inCard) {
            then.run();
        } else {
            write(region, start, entries, then);
        }
    }

    /** Removes entries; accesses that use them may still be under way. */
    void remove(Region region, long start, long end, Runnable then) {
        changes++;
        region.table().remove(start, end);
        if (region.hostTable() == 0) {
            then.run();
        } else {
            int pages = (int) ((end - start) / DeviceTable.PAGE);
            write(region, start, new byte[pages * Long.BYTES], then);
        }
    }

    void reset() {
        changes++;
        cached.clear();
    }

    private void write(Region region, long start, byte[] entries, Runnable then) {
        memory.write(PasidPrefix.NONE, region.entryAddress(start), entries, status -> then.run());
    }
}
