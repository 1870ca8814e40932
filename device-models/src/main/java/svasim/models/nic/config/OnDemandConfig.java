package svasim.models.nic.config;

import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * A card that reads and writes memory of processes by a translation table of its own, whose pages
 * come when they are used (as mlx5 with on-demand paging). A minor fault takes about 220 us, more
 * than 90 % of it in the card's firmware (remembered of mlx5, unverified); how that divides is
 * assumed, as are all other times.
 *
 * @param table where the card keeps its translation table (mlx5: in the host, cached)
 * @param cache entries that the card caches, if the table is in memory of the host (assumed)
 * @param raise from the missing page to the event in memory, while the firmware stops the queue (a
 *     share of mlx5's 220 us, assumed)
 * @param update that the firmware takes to write or remove entries, and to make a key (as raise)
 * @param resume from the command to resume until the queue goes on (as raise)
 * @param advise bytes behind a page fault that the driver brings in after it has resumed, at most 4
 *     MiB and within the message (the limit is that of mlx5's driver); 0 for none
 * @param absent what the receiver does while it waits for a page
 * @param rnrDelay for which the sender waits when the receiver is not ready (RNR; assumed)
 * @param timeout after which the sender sends again what nobody has acknowledged (assumed)
 * @param window packets that are not acknowledged at once (assumed)
 * @param workers threads of the driver that handle page faults (assumed)
 * @source table, absent: drivers/infiniband/hw/mlx5: a table of the card's own, and RNR
 * @source raise, update, resume: a share of the 220 us that are told of mlx5, from memory; how they
 *     divide is assumed
 * @source advise: the limit of mlx5's driver, from memory
 * @source cache, rnrDelay, timeout, window, workers: assumed
 */
public record OnDemandConfig(
        Table table,
        Integer cache,
        Picoseconds raise,
        Picoseconds update,
        Picoseconds resume,
        ByteSize advise,
        Absent absent,
        Picoseconds rnrDelay,
        Picoseconds timeout,
        Integer window,
        Integer workers) {
    /** Where entries of the translation table are. */
    public enum Table {
        /** In memory of the card. */
        CARD,
        /** In memory of the host, which the card reads through the IOMMU. */
        HOST
    }

    /** What becomes of packets for a page that is not there. */
    public enum Absent {
        /** The sender is told to wait (RNR NAK). */
        RNR,
        /** They are dropped; the sender notices after a time. */
        DROP
    }

    public OnDemandConfig {
        table = table == null ? Table.CARD : table;
        cache = cache == null ? 1024 : cache;
        raise = raise == null ? Picoseconds.ofMicros(90) : raise;
        update = update == null ? Picoseconds.ofMicros(20) : update;
        resume = resume == null ? Picoseconds.ofMicros(90) : resume;
        advise = advise == null ? ByteSize.ofKiB(4096) : advise;
        absent = absent == null ? Absent.RNR : absent;
        rnrDelay = rnrDelay == null ? Picoseconds.ofMicros(80) : rnrDelay;
        timeout = timeout == null ? Picoseconds.ofMicros(500) : timeout;
        window = window == null ? 64 : window;
        workers = workers == null ? 4 : workers;
        Require.range("cache", cache, 64, 1 << 20);
        Require.range("advise", advise.bytes(), 0, 4 << 20);
        Require.range("window", window, 1, 1024);
        Require.range("workers", workers, 1, 64);
        Require.positive("timeout", timeout.value());
    }

    /** All defaults. */
    public OnDemandConfig() {
        this(null, null, null, null, null, null, null, null, null, null, null);
    }
}
