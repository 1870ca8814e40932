package svasim.models.gpu.config;

import svasim.units.Bandwidth;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Memory of a discrete GPU; absent keys take these defaults.
 *
 * @param size of the memory, all of it behind a BAR; assumed small, so that it fills
 * @param granule range that moves together when the GPU asks for it, 64 KiB as the smallest that
 *     NVIDIA's UVM driver services on systems with ATS
 * @param threshold accesses across the link to a granule after which the device asks for it (access
 *     counters of NVIDIA and Xe GPUs); the number is assumed
 * @param latency of an access, 100 cycles of 1 GHz as in MGPUSim
 * @param bandwidth of all compute units together; assumed, the class of one stack of HBM2
 * @param copies pages that the copy engine has under way at once; assumed
 * @source size: assumed: small, so that it fills
 * @source granule: NVIDIA's open UVM driver, on systems with ATS
 * @source threshold, bandwidth, copies: assumed
 * @source latency: MGPUSim, r9nano: 100 cycles of 1 GHz
 */
public record LocalMemoryConfig(
        ByteSize size,
        ByteSize granule,
        Integer threshold,
        Picoseconds latency,
        Bandwidth bandwidth,
        Integer copies) {
    private static final int PAGE = 4096;

    public LocalMemoryConfig {
        size = size == null ? new ByteSize(4 << 20) : size;
        granule = granule == null ? new ByteSize(64 << 10) : granule;
        threshold = threshold == null ? 16 : threshold;
        latency = latency == null ? Picoseconds.ofNanos(100) : latency;
        bandwidth = bandwidth == null ? new Bandwidth(256_000_000_000L) : bandwidth;
        copies = copies == null ? 8 : copies;
        boolean power = Long.bitCount(granule.bytes()) == 1 && granule.bytes() >= PAGE;
        Require.that(power, "granule", granule, "a power of two from 4KiB on");
        boolean fits = size.bytes() >= granule.bytes() && size.bytes() % PAGE == 0;
        Require.that(fits, "size", size, "whole pages, and room for a granule");
        Require.positive("threshold", threshold);
        Require.positive("latency", latency.value());
        Require.range("copies", copies, 1, 256);
    }

    /** All defaults. */
    public LocalMemoryConfig() {
        this(null, null, null, null, null, null);
    }
}
