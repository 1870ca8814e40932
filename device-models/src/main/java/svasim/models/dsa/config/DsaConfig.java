package svasim.models.dsa.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.models.dsa.layout.EventLogRegister;
import svasim.units.Bandwidth;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * A DSA; absent keys take these defaults. The numbers of queues, engines and entries are those that
 * Sapphire Rapids can have; bandwidth after the peak that is told of it; times are assumed so that
 * the smallest operation takes 0.5 to 0.8 us altogether.
 *
 * @param queues configuration of the work queues by name, at most 8 with 128 entries altogether;
 *     the first is queue 0. If absent, four dedicated ones
 * @param groups groups by name, at most 4; the first is group 0. If absent, one with all engines
 * @param version generation of the device: 1, or 2 with event log, translation fetch and patterns
 *     of 16 bytes
 * @param engines how many there are, 1 to 4; each takes descriptors from every queue of its group
 * @param inProgress descriptors that an engine works on at once
 * @param batches batch descriptors that an engine works on at once, beside the others
 * @param readBuffers lines of 64 bytes that all engines together may hold
 * @param bandwidth rate at which the device moves data, all engines together
 * @param piece bytes that an engine asks for at once, a power of two, 64 B to 4 KiB
 * @param decode time that an engine needs to take and check a descriptor
 * @param command least time that a command of the CMD register takes
 * @param stop how the driver stops a queue when its file is released
 * @param readBufferLimit read buffers that groups with {@code useReadBufferLimit} may hold
 *     together, 0 for no limit
 * @param eventLogSize entries of the event log, at least 64; of the second generation only
 * @param haltAfter number of the accepted descriptor with which a hardware error halts the device,
 *     once; absent for a device that never halts
 * @param haltReset what a device that has halted needs before it goes on
 * @source queues, groups, version, engines, readBufferLimit: Sapphire Rapids, as drivers/dma/idxd
 *     and its sysfs document tell it; how queues divide is chosen
 * @source bandwidth: the peak that is told of a device, about 30 GB/s (from memory)
 * @source inProgress, batches, readBuffers, piece, decode, command: assumed
 * @source stop: drivers/dma/idxd: it drains before it unbinds
 * @source eventLogSize: drivers/dma/idxd, IDXD_EVL_SIZE_MIN
 * @source haltAfter, haltReset: chosen: a device without hardware errors
 */
public record DsaConfig(
        Map<String, QueueConfig> queues,
        Map<String, GroupConfig> groups,
        Integer version,
        Integer engines,
        Integer inProgress,
        Integer batches,
        Integer readBuffers,
        Bandwidth bandwidth,
        ByteSize piece,
        Picoseconds decode,
        Picoseconds command,
        Stop stop,
        Integer readBufferLimit,
        Integer eventLogSize,
        Integer haltAfter,
        HaltReset haltReset) {
    /** What brings a device that has halted back; by the code in GENSTS. */
    public enum HaltReset {
        /** The command RESET_DEVICE. */
        SOFTWARE,
        /** A function level reset. */
        FLR,
        /** A reset of the system. */
        WARM,
        /** Power off and on. */
        COLD
    }

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

    /** Work queues that the device has. */
    public static final int QUEUES = 8;

    /** Work queue entries of the device, to be shared among its queues. */
    public static final int TOTAL_ENTRIES = 128;

    /** Groups that a device has. */
    public static final int GROUPS = 4;

    /** Engines that a device has at most. */
    public static final int ENGINES = 4;

    /** Shift of the largest batch that the device can be configured for. */
    public static final int MAX_BATCH_SHIFT = 10;

    /** Shift of the largest transfer that the device can be configured for. */
    public static final int MAX_TRANSFER_SHIFT = 31;

    private static final int LINE_BYTES = 64;
    private static final int LEAST_LOG = EventLogRegister.LEAST_ENTRIES;

    public DsaConfig {
        queues = queues == null || queues.isEmpty() ? dedicated(4) : inOrder(queues);
        version = version == null ? 1 : version;
        engines = engines == null ? 4 : engines;
        groups = groups == null || groups.isEmpty() ? single(engines) : inOrder(groups);
        inProgress = inProgress == null ? 8 : inProgress;
        batches = batches == null ? 4 : batches;
        readBuffers = readBuffers == null ? 512 : readBuffers;
        bandwidth = bandwidth == null ? new Bandwidth(30_000_000_000L) : bandwidth;
        piece = piece == null ? new ByteSize(512) : piece;
        decode = decode == null ? Picoseconds.ofNanos(40) : decode;
        command = command == null ? Picoseconds.ofNanos(500) : command;
        stop = stop == null ? Stop.DRAIN : stop;
        readBufferLimit = readBufferLimit == null ? 0 : readBufferLimit;
        haltReset = haltReset == null ? HaltReset.SOFTWARE : haltReset;
        int entries = queues.values().stream().mapToInt(QueueConfig::size).sum();
        Require.that(queues.size() <= QUEUES, "queues", queues.size(), "8 queues at most");
        Require.that(entries <= TOTAL_ENTRIES, "queues", entries, "128 entries altogether");
        checkGroups(queues.values(), groups.values(), engines);
        Require.range("version", version, 1, 2);
        Require.range("readBufferLimit", readBufferLimit, 0, 0xff);
        Require.that(
                eventLogSize == null || version == 2,
                "eventLogSize",
                eventLogSize,
                "nothing: the first generation has no event log");
        if (version == 2) {
            eventLogSize = eventLogSize == null ? LEAST_LOG : eventLogSize;
            Require.range("eventLogSize", eventLogSize, LEAST_LOG, 0xffff);
        }
        Require.that(
                haltAfter == null || haltAfter > 0, "haltAfter", haltAfter, "1 or more, or none");
        Require.range("engines", engines, 1, ENGINES);
        Require.positive("inProgress", inProgress);
        Require.positive("batches", batches);
        Require.powerOfTwo("piece", piece.bytes());
        Require.range("piece", piece.bytes(), LINE_BYTES, 4096);
        Require.range("readBuffers", readBuffers, 2 * linesOf(piece), 1 << 16);
        int reserved = groups.values().stream().mapToInt(GroupConfig::readBuffersReserved).sum();
        Require.that(
                reserved <= readBuffers,
                "groups",
                reserved + " reserved",
                "no more than there are");
    }

    /** All defaults. */
    public DsaConfig() {
        this(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null);
    }

    /**
     * A device that is composed of one of the queues: of the first generation, with one engine.
     *
     * @throws IllegalArgumentException if there is no such queue, or if it is not shared
     */
    public DsaConfig composedOf(String queue) {
        QueueConfig own = queues.get(queue);
        if (own == null) {
            throw new IllegalArgumentException("no queue " + queue + "; known: " + queues.keySet());
        }
        if (!own.isShared()) {
            throw new IllegalArgumentException(queue + " is not shared");
        }
        return new DsaConfig(
                Map.of(queue, own.inGroup(0)),
                null,
                1,
                1,
                inProgress,
                batches,
                readBuffers,
                bandwidth,
                piece,
                decode,
                command,
                stop,
                null,
                null,
                null,
                null);
    }

    /** The groups by number. */
    public List<GroupConfig> groupList() {
        return List.copyOf(groups.values());
    }

    /** The queues by number. */
    public List<QueueConfig> queueList() {
        return List.copyOf(queues.values());
    }

    private static Map<String, QueueConfig> dedicated(int count) {
        Map<String, QueueConfig> queues = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            queues.put("wq" + i, new QueueConfig());
        }
        return Collections.unmodifiableMap(queues);
    }

    private static Map<String, GroupConfig> single(int engines) {
        return Map.of("group0", new GroupConfig(engines, null, null, null, null, null));
    }

    private static <T> Map<String, T> inOrder(Map<String, T> named) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    private static void checkGroups(
            Collection<QueueConfig> queues, Collection<GroupConfig> groups, int engines) {
        int needed = groups.stream().mapToInt(GroupConfig::engines).sum();
        int last = queues.stream().mapToInt(QueueConfig::groupId).max().orElse(0);
        Require.that(groups.size() <= GROUPS, "groups", groups.size(), "4 groups at most");
        Require.that(
                needed <= engines, "groups", needed + " engines", "no more engines than there are");
        Require.that(last < groups.size(), "queues", "groupId " + last, "a group that there is");
    }

    private static long linesOf(ByteSize piece) {
        return piece.bytes() / LINE_BYTES * 2;
    }
}
