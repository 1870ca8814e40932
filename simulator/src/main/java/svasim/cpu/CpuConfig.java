package svasim.cpu;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * The cores of a machine; absent keys take these defaults (assumed, profiles give sources).
 *
 * @param architecture architecture of the cores; absent, that which goes with the IOMMU
 * @param cores number of cores
 * @param load time of a load that hits a near cache
 * @param store time of a store into the store buffer
 * @param atomic time of a locked read-modify-write
 * @param mmioRead round trip of a read of a register near the cores, such as an IOMMU's; to a
 *     device the fabric decides
 * @param mmioWrite time for which a posted register write keeps the core
 * @param tlbEntries translations that a core's TLB holds
 * @param walk time of a TLB miss whose paging structures are cached
 * @param ipi time from sending an inter-processor interrupt to its handler; on AArch64, from a
 *     broadcast TLB invalidation to its end
 * @param interrupt time from a message to the first instruction of its handler
 * @param interruptHandler time for which a hard interrupt or IPI keeps the core
 * @source architecture: that which goes with the IOMMU
 * @source cores, load, store, atomic, mmioRead, mmioWrite, tlbEntries, walk, ipi, interrupt,
 *     interruptHandler: assumed; a profile says where its own are from
 */
public record CpuConfig(
        Architecture architecture,
        Integer cores,
        Picoseconds load,
        Picoseconds store,
        Picoseconds atomic,
        Picoseconds mmioRead,
        Picoseconds mmioWrite,
        Integer tlbEntries,
        Picoseconds walk,
        Picoseconds ipi,
        Picoseconds interrupt,
        Picoseconds interruptHandler) {
    private static final int MOST_CORES = 1024;

    public CpuConfig {
        cores = cores == null ? 4 : cores;
        load = load == null ? Picoseconds.ofNanos(2) : load;
        store = store == null ? Picoseconds.ofNanos(1) : store;
        atomic = atomic == null ? Picoseconds.ofNanos(10) : atomic;
        mmioRead = mmioRead == null ? Picoseconds.ofNanos(400) : mmioRead;
        mmioWrite = mmioWrite == null ? Picoseconds.ofNanos(60) : mmioWrite;
        tlbEntries = tlbEntries == null ? 64 : tlbEntries;
        walk = walk == null ? Picoseconds.ofNanos(30) : walk;
        ipi = ipi == null ? Picoseconds.ofNanos(700) : ipi;
        interrupt = interrupt == null ? Picoseconds.ofNanos(800) : interrupt;
        interruptHandler = interruptHandler == null ? Picoseconds.ofNanos(500) : interruptHandler;
        Require.range("cores", cores, 1, MOST_CORES);
        Require.positive("tlbEntries", tlbEntries);
    }

    /** All defaults. */
    public static CpuConfig defaults() {
        return new CpuConfig(
                null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same with another architecture. */
    public CpuConfig withArchitecture(Architecture other) {
        return new CpuConfig(
                other,
                cores,
                load,
                store,
                atomic,
                mmioRead,
                mmioWrite,
                tlbEntries,
                walk,
                ipi,
                interrupt,
                interruptHandler);
    }

    /** The same with another number of cores. */
    public CpuConfig withCores(int number) {
        return new CpuConfig(
                architecture,
                number,
                load,
                store,
                atomic,
                mmioRead,
                mmioWrite,
                tlbEntries,
                walk,
                ipi,
                interrupt,
                interruptHandler);
    }
}
