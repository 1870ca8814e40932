package svasim.memory;

import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Size and timing of memory; absent keys take these defaults (all assumed, profiles give sources).
 *
 * @param base first address of memory
 * @param size bytes of memory
 * @param dram latency of a read that goes to DRAM, from the root complex or a core
 * @param llc latency of an access that hits in the last-level cache
 * @param banks accesses that DRAM serves at once
 * @param bankBusy time for which an access to DRAM occupies its bank
 * @param refresh when DRAM is busy with itself
 * @source base, size, dram, llc, banks, bankBusy, refresh: assumed; a profile says where its own
 *     are from
 */
public record MemoryConfig(
        ByteSize base,
        ByteSize size,
        Picoseconds dram,
        Picoseconds llc,
        Integer banks,
        Picoseconds bankBusy,
        RefreshConfig refresh) {
    public MemoryConfig {
        base = base == null ? new ByteSize(0) : base;
        size = size == null ? ByteSize.ofGiB(64) : size;
        dram = dram == null ? Picoseconds.ofNanos(85) : dram;
        llc = llc == null ? Picoseconds.ofNanos(20) : llc;
        banks = banks == null ? 16 : banks;
        bankBusy = bankBusy == null ? Picoseconds.ofNanos(2) : bankBusy;
        refresh = refresh == null ? new RefreshConfig() : refresh;
        Require.positive("banks", banks);
        Require.that(
                base.bytes() % PhysicalMemory.FRAME_BYTES == 0, "base", base, "whole 4 KiB frames");
        Require.that(
                size.bytes() > 0 && size.bytes() % PhysicalMemory.FRAME_BYTES == 0,
                "size",
                size,
                "whole 4 KiB frames");
    }

    /** All defaults. */
    public static MemoryConfig defaults() {
        return new MemoryConfig(null, null, null, null, null, null, null);
    }
}
