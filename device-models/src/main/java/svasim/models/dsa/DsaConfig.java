package svasim.models.dsa;

import svasim.units.Bandwidth;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * A DSA with one group; absent keys take these defaults. The numbers of queues, engines and entries
 * are those that Sapphire Rapids can have; bandwidth after the peak that is told of it; times are
 * assumed so that the smallest operation takes 0.5 to 0.8 us altogether.
 *
 * @param workQueues dedicated work queues, 1 to 8; each open file has its own
 * @param workQueueSize descriptors that a queue holds; all queues together 128 at most
 * @param engines 1 to 4; each takes descriptors from every queue
 * @param inProgress descriptors that an engine works on at once
 * @param readBuffers lines of 64 bytes that all engines together may hold
 * @param bandwidth at which one engine moves data
 * @param piece bytes that an engine asks for at once, a power of two, 64 B to 4 KiB
 * @param maxTransfer largest transfer size, a power of two
 * @param decode time that an engine needs to take and check a descriptor
 * @param command least time that a command of the CMD register takes
 * @param blockOnFault whether the driver allows descriptors to wait for missing pages
 * @param prs whether the queues may ask for pages
 * @param stop how the driver stops a queue when its file is released
 */
public record DsaConfig(
        Integer workQueues,
        Integer workQueueSize,
        Integer engines,
        Integer inProgress,
        Integer readBuffers,
        Bandwidth bandwidth,
        ByteSize piece,
        ByteSize maxTransfer,
        Picoseconds decode,
        Picoseconds command,
        Boolean blockOnFault,
        Boolean prs,
        Stop stop) {
    /** How a queue is stopped. */
    public enum Stop {
        /** Waits until every descriptor has ended by itself, as idxd does. */
        DRAIN,
        /**
         * Discards what is there, as a device does that keeps no account of its page requests:
         * their responses come when the queue has long been empty.
         */
        ABORT
    }

    private static final int TOTAL_ENTRIES = 128;
    private static final int LINE_BYTES = 64;

    public DsaConfig {
        workQueues = workQueues == null ? 4 : workQueues;
        workQueueSize = workQueueSize == null ? 32 : workQueueSize;
        engines = engines == null ? 4 : engines;
        inProgress = inProgress == null ? 8 : inProgress;
        readBuffers = readBuffers == null ? 512 : readBuffers;
        bandwidth = bandwidth == null ? new Bandwidth(30_000_000_000L) : bandwidth;
        piece = piece == null ? new ByteSize(512) : piece;
        maxTransfer = maxTransfer == null ? new ByteSize(1L << 31) : maxTransfer;
        decode = decode == null ? Picoseconds.ofNanos(40) : decode;
        command = command == null ? Picoseconds.ofNanos(500) : command;
        blockOnFault = blockOnFault == null || blockOnFault;
        prs = prs == null || prs;
        stop = stop == null ? Stop.DRAIN : stop;
        Require.range("workQueues", workQueues, 1, 8);
        Require.range("workQueueSize", workQueueSize, 1, TOTAL_ENTRIES / workQueues);
        Require.range("engines", engines, 1, 4);
        Require.positive("inProgress", inProgress);
        Require.powerOfTwo("piece", piece.bytes());
        Require.range("piece", piece.bytes(), LINE_BYTES, 4096);
        Require.range("readBuffers", readBuffers, 2 * linesOf(piece), 1 << 16);
        Require.powerOfTwo("maxTransfer", maxTransfer.bytes());
        Require.range("maxTransfer", maxTransfer.bytes(), 1 << 12, 1L << 31);
    }

    /** All defaults. */
    public DsaConfig() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Work queue entries of the device, to be shared among its queues. */
    int totalEntries() {
        return TOTAL_ENTRIES;
    }

    int maxTransferShift() {
        return Long.numberOfTrailingZeros(maxTransfer.bytes());
    }

    private static long linesOf(ByteSize piece) {
        return piece.bytes() / LINE_BYTES * 2;
    }
}
