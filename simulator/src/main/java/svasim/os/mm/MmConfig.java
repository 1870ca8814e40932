package svasim.os.mm;

import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Memory management; absent keys take these defaults (assumed).
 *
 * @param limit memory for pages of processes and files; beyond it pages are reclaimed, and when
 *     nothing can be reclaimed a process is killed; absent, there is no limit
 * @param hugePages when 2 MiB pages are used for anonymous memory
 * @param swap size of the swap device; 0 for none
 * @param swapRead time in which the swap device reads a page
 * @param swapWrite time in which it writes one
 * @param storage time in which a page of a file is read from storage
 */
public record MmConfig(
        ByteSize limit,
        HugePages hugePages,
        ByteSize swap,
        Picoseconds swapRead,
        Picoseconds swapWrite,
        Picoseconds storage) {
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
        Require.positive("limit", limit.bytes());
    }

    public static MmConfig defaults() {
        return new MmConfig(null, null, null, null, null, null);
    }
}
