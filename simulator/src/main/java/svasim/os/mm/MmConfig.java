package svasim.os.mm;

import java.util.Map;
import java.util.TreeMap;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Memory management; absent keys take these defaults (assumed).
 *
 * @param limit memory for pages of processes and files; beyond it pages are reclaimed, and when
 *     nothing can be reclaimed a process is killed; absent, that of the machine's memory
 * @param hugePages when 2 MiB pages are used for anonymous memory
 * @param swap size of the swap device; 0 for none
 * @param swapRead time in which the swap device reads a page
 * @param swapWrite time in which it writes one
 * @param storage time in which a page of a file is read from storage
 * @param slowAllocations kinds of allocations that take longer than usual, by any name: pages that
 *     must be found by compaction, locks that others hold; none by default
 */
public record MmConfig(
        ByteSize limit,
        HugePages hugePages,
        ByteSize swap,
        Picoseconds swapRead,
        Picoseconds swapWrite,
        Picoseconds storage,
        Map<String, SlowAllocation> slowAllocations) {
    /** As in /sys/kernel/mm/transparent_hugepage/enabled. */
    public enum HugePages {
        NEVER,
        /** Where a program asked for it. */
        MADVISE,
        ALWAYS
    }

    public MmConfig {
        limit = limit == null ? new ByteSize(Long.MAX_VALUE) : limit;
        hugePages = hugePages == null ? HugePages.MADVISE : hugePages;
        swap = swap == null ? ByteSize.ofMiB(64) : swap;
        swapRead = swapRead == null ? Picoseconds.ofMicros(80) : swapRead;
        swapWrite = swapWrite == null ? Picoseconds.ofMicros(25) : swapWrite;
        storage = storage == null ? Picoseconds.ofMicros(80) : storage;
        slowAllocations = slowAllocations == null ? Map.of() : new TreeMap<>(slowAllocations);
        double slow = slowAllocations.values().stream().mapToDouble(SlowAllocation::share).sum();
        Require.that(slow <= 1, "slowAllocations", slow, "shares of 1 at most together");
        Require.positive("limit", limit.bytes());
    }

    public static MmConfig defaults() {
        return new MmConfig(null, null, null, null, null, null, null);
    }
}
