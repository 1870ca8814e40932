package svasim.models.zip.config;

import svasim.units.Bandwidth;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * The engine; absent keys take these defaults. Rate and latency were fitted to the rows "batch 1"
 * and "batch 60" of the UADK performance notes for hisi_zip.
 *
 * @param queuePairs queues of the device; an open file has two, one to compress and one to
 *     decompress
 * @param depth entries of a queue
 * @param inFlight entries that the engine works on at once
 * @param rate bytes of source that pass through the engine
 * @param latency time that an entry spends in the engine, besides its passage and its accesses to
 *     memory
 * @source queuePairs, inFlight: assumed
 * @source depth: drivers/crypto/hisilicon, from memory: queues of 1024 entries
 * @source rate, latency: fitted to UADK's performance notes for hisi_zip, rows "batch 1" and "batch
 *     60"
 */
public record ZipConfig(
        Integer queuePairs, Integer depth, Integer inFlight, Bandwidth rate, Picoseconds latency) {
    public ZipConfig {
        queuePairs = queuePairs == null ? 64 : queuePairs;
        depth = depth == null ? 1024 : depth;
        inFlight = inFlight == null ? 64 : inFlight;
        rate = rate == null ? new Bandwidth(7_500_000_000L) : rate;
        latency = latency == null ? Picoseconds.ofNanos(12_300) : latency;
        Require.range("queuePairs", queuePairs, 2, 4096);
        Require.range("depth", depth, 2, 4096);
        Require.range("inFlight", inFlight, 1, 1024);
        Require.positive("rate", rate.bytesPerSecond());
    }

    /** All defaults. */
    public ZipConfig() {
        this(null, null, null, null, null);
    }
}
