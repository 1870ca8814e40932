package svasim.guest;

import java.util.Map;
import java.util.TreeMap;
import svasim.memory.PhysicalMemory;
import svasim.os.OsConfig;
import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * A virtual machine; absent keys take these defaults.
 *
 * @param memory size of its memory, which is pinned as long as it exists; at address 0 of the guest
 * @param cores virtual cores; each has a core of the machine for itself, beside those that the host
 *     runs on
 * @param devices of the guest, by the names that they have there
 * @param viommu the IOMMU that the guest sees
 * @param pasids the numbers that the guest can have
 * @param exits what it costs to leave the guest
 * @param os the guest's operating system
 * @source memory, cores: assumed
 */
public record GuestConfig(
        ByteSize memory,
        Integer cores,
        Map<String, GuestDevice> devices,
        ViommuConfig viommu,
        GuestPasids pasids,
        ExitConfig exits,
        OsConfig os) {
    private static final ByteSize LEAST = ByteSize.ofMiB(32);
    private static final ByteSize MOST = ByteSize.ofMiB(2048);
    private static final int MOST_CORES = 256;

    public GuestConfig {
        memory = memory == null ? ByteSize.ofMiB(64) : memory;
        cores = cores == null ? 2 : cores;
        devices = devices == null ? new TreeMap<>() : new TreeMap<>(devices);
        viommu = viommu == null ? ViommuConfig.defaults() : viommu;
        pasids = pasids == null ? new GuestPasids(null) : pasids;
        exits = exits == null ? ExitConfig.defaults() : exits;
        os = os == null ? OsConfig.defaults() : os;
        Require.range("cores", cores, 1, MOST_CORES);
        Require.that(
                memory.bytes() >= LEAST.bytes() && memory.bytes() <= MOST.bytes(),
                "memory",
                memory,
                LEAST + " to " + MOST);
        Require.that(
                memory.bytes() % PhysicalMemory.FRAME_BYTES == 0,
                "memory",
                memory,
                "whole 4 KiB frames");
    }

    /** All defaults. */
    public static GuestConfig defaults() {
        return new GuestConfig(null, null, null, null, null, null, null);
    }
}
