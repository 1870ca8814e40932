package svasim.models.zip.config;

import svasim.device.load.Arrivals;
import svasim.device.load.Load;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * What a program asks of the engine in a {@code submit} step. A buffer is worked on in blocks, each
 * of which goes to the same place in the destination; the program hands in as many as {@code batch}
 * says and waits for all of them before it goes on.
 *
 * @param op what to do
 * @param from source
 * @param into destination, at least as large
 * @param block bytes of a block; absent, the whole buffer, at most 8 MiB
 * @param batch blocks that are handed in together
 * @param format format of the compressed data
 * @param count how often the buffer is worked on
 * @param depth how many of these are under way at once; if absent, as many as the queue has entries
 *     for
 * @param arrivals when they come: closed, when one of those before has ended; else without regard
 *     to the device, and the latency counts from when each was meant to come
 * @param interval mean time from one to the next, where arrivals are not closed
 * @param burst how many come at once, with {@code arrivals: bursts}
 * @source op, from, into, format: the program says so; by default zlib streams are made
 * @source block: of the buffer
 * @source count, depth, arrivals, interval, burst: chosen: once, or as deep as the queue
 * @source batch: chosen: one by one, as the row "batch 1" of UADK's performance notes
 */
public record ZipWork(
        Operation op,
        String from,
        String into,
        ByteSize block,
        Integer batch,
        Format format,
        Integer count,
        Integer depth,
        Arrivals.Process arrivals,
        Picoseconds interval,
        Integer burst) {
    /** Longest block. */
    public static final long MOST = 8L << 20;

    /** Direction of the engine. */
    public enum Operation {
        COMPRESS,
        DECOMPRESS
    }

    /** Framing around DEFLATE. */
    public enum Format {
        ZLIB,
        GZIP
    }

    public ZipWork {
        op = op == null ? Operation.COMPRESS : op;
        batch = batch == null ? 1 : batch;
        format = format == null ? Format.ZLIB : format;
        Require.that(from != null, "from", "nothing", "a buffer");
        Require.that(into != null, "into", "nothing", "a buffer");
        Require.that(
                block == null || block.bytes() > 0 && block.bytes() <= MOST,
                "block",
                block,
                "1 B to 8 MiB");
        Require.positive("batch", batch);
        Load.of(count, depth, arrivals, interval, burst);
    }

    /** How often it is handed in, and when. */
    public Load load() {
        return Load.of(count, depth, arrivals, interval, burst);
    }
}
