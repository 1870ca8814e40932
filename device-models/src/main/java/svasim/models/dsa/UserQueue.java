package svasim.models.dsa;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.os.file.Work.Buffers;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.sva.Bond;
import svasim.paging.Access;

/**
 * What driver and user-space library keep for one open file: its queue, its bond, memory for
 * completion records, and the descriptors that the queue may hold. A dedicated queue tells nobody
 * that it is full; software counts.
 */
final class UserQueue {
    private static final int RECORDS_BYTES = 4096;

    private final DsaDriver driver;
    private final int queue;
    private final Bond bond;
    private final Queue<DsaJob> outstanding = new ArrayDeque<>();
    private boolean portalMapped;
    private Mmap records;
    private int recordsUsed;
    private int lines;

    UserQueue(DsaDriver driver, int queue, Bond bond) {
        this.driver = driver;
        this.queue = queue;
        this.bond = bond;
    }

    int queue() {
        return queue;
    }

    Bond bond() {
        return bond;
    }

    Mm mm() {
        return bond.mm();
    }

    LibraryStatistics statistics() {
        return driver.statistics();
    }

    /** A job for this queue, not handed in yet. */
    DsaJob job(DsaWork work, Buffers buffers) {
        return new DsaJob(this, work, Preparation.prepare(work, buffers));
    }

    /** Physical address of the portal, which the program maps from now on. */
    long mapPortal() {
        portalMapped = true;
        return portal();
    }

    /** Whether the program writes to the portal itself; else the driver does, in write(2). */
    boolean isPortalMapped() {
        return portalMapped;
    }

    /** The next line of the portal's page; neighbours would wait for each other at one line. */
    long nextLine() {
        return portal() + (long) (lines++ % (Register.PORTAL_BYTES / 64)) * 64;
    }

    /**
     * The oldest job that must end before another descriptor may be handed in.
     *
     * @return null if the queue has room
     */
    DsaJob obstacle() {
        outstanding.removeIf(job -> job.result() != null);
        return outstanding.size() < driver.config().workQueueSize() ? null : outstanding.peek();
    }

    void handedIn(DsaJob job) {
        outstanding.add(job);
    }

    /** Whether {@link #takeRecord} needs another page first. */
    boolean needsRecords() {
        return records == null || recordsUsed == RECORDS_BYTES / CompletionRecord.BYTES;
    }

    /** The mapping that the next records lie in; its call is to be run. */
    Mmap mapRecords() {
        records = mm().mapAnonymous(RECORDS_BYTES, Access.READ | Access.WRITE);
        recordsUsed = 0;
        return records;
    }

    /** Virtual address of a completion record that was never used. */
    long takeRecord() {
        return records.start() + (long) recordsUsed++ * CompletionRecord.BYTES;
    }

    private long portal() {
        return driver.host().bar(DsaDevice.PORTALS) + Register.limitedPortal(queue);
    }
}
