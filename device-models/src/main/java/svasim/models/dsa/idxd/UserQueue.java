package svasim.models.dsa.idxd;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import svasim.device.load.Load;
import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Register;
import svasim.os.defect.Defect;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.reference.Node;
import svasim.os.reference.References;
import svasim.os.sva.Bond;
import svasim.paging.Access;

/**
 * What driver and user-space library keep for one open file: its queue, its bond, memory for
 * completion records, and the descriptors that the queue may hold. A dedicated queue tells nobody
 * that it is full; software counts. A shared one answers.
 */
final class UserQueue {
    private static final int RECORDS_BYTES = 4096;
    private static final long NOT_MAPPED = -1;

    private final DsaDriver driver;
    private final DriverQueue queue;
    private final Bond bond;
    private final OpenFile file;
    private final Mm mm;
    private final Node node;

    /** Address spaces that have mapped the portal too, although another one has opened the file. */
    private final Map<Mm, UserQueue> strangers = new LinkedHashMap<>();

    private final Queue<DsaJob> outstanding = new ArrayDeque<>(1);
    private final ListMemory lists;
    private boolean portalMapped;
    private long mappedAt = NOT_MAPPED;
    private Mmap records;
    private int recordsUsed;
    private int lines;
    private boolean givenUp;
    private long lastDelta;

    UserQueue(DsaDriver driver, DriverQueue queue, Bond bond, OpenFile file) {
        this(driver, queue, bond, file, bond.mm());
    }

    private UserQueue(DsaDriver driver, DriverQueue queue, Bond bond, OpenFile file, Mm mm) {
        this.driver = driver;
        this.queue = queue;
        this.bond = bond;
        this.file = file;
        this.mm = mm;
        lists = new ListMemory(mm);
        References references = driver.host().platform().references();
        node = driver.hasEventLog() ? references.node(driver.name() + " context") : null;
    }

    boolean has(Defect defect) {
        return driver.host().platform().defects().has(defect);
    }

    /** The driver has let queue and bond go; a program that has the portal may not know. */
    void giveUp() {
        givenUp = true;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Somebody who found the context uses it. */
    void use() {
        driver.host().platform().references().used(node);
    }

    /** The context is gone; only the workers of an event log could use it still. */
    void free() {
        if (node != null) {
            driver.host().platform().references().freed(node);
        }
    }

    DriverQueue queue() {
        return queue;
    }

    Bond bond() {
        return bond;
    }

    Mm mm() {
        return mm;
    }

    LibraryStatistics statistics() {
        return driver.statistics();
    }

    /** Work for this queue, not handed in yet. */
    Submission submission(Work work) {
        DsaWork what = work.as(DsaWork.class);
        Load load = what.load();
        if (load.isSingle()) {
            return piece(work, what, 0);
        }
        piece(work, what, 0);
        int room = queue.isShared() ? queue.config().threshold() : queue.config().size();
        return driver.loads()
                .submission(load, room, number -> piece(work, what, number), work.thread());
    }

    private Submission piece(Work work, DsaWork what, int number) {
        UserQueue own = strangers.getOrDefault(work.mm(), this);
        DsaJob job;
        if (what.isBatch()) {
            Members members = Members.of(what, work.buffers(), number, lastDelta);
            job = new DsaJob(own, work, members);
        } else {
            Descriptor.Builder descriptor =
                    Preparation.prepare(what, work.buffers(), number, lastDelta);
            job = new DsaJob(own, work, what, descriptor);
        }
        if (what.record() != null) {
            job.ownRecord(work.buffers().address(what.record()));
        }
        return new Submission(UserSubmit.call(job), job);
    }

    /** A delta record of so many bytes was made, in one piece. */
    void madeDelta(long bytes) {
        lastDelta = bytes;
    }

    /** Physical address of the portal, which a program of the address space maps from now on. */
    long mapPortal(Mm by) {
        UserQueue own = by == mm ? this : strangers.computeIfAbsent(by, this::ofStranger);
        own.portalMapped = true;
        return portal();
    }

    private UserQueue ofStranger(Mm stranger) {
        return new UserQueue(driver, queue, bond, file, stranger);
    }

    /** Whether the program writes to the portal itself; else the driver does, in write(2). */
    boolean isPortalMapped() {
        return portalMapped;
    }

    /** Physical address of the next line of the portal's page, for MOVDIR64B of the program. */
    long nextLine() {
        return portal() + lineOffset();
    }

    /**
     * Virtual address of the next line of the portal's page, for ENQCMD of the program; where the
     * program has once found the portal it goes on, even if that mapping is gone.
     */
    long nextVirtualLine() {
        mappedAt = mappedAt == NOT_MAPPED ? mm().mappingOf(file) : mappedAt;
        return mappedAt + lineOffset();
    }

    /** Physical address of the next line of the kernel's portal. */
    long nextKernelLine() {
        return queue.kernelPortal(driver.host()) + lineOffset();
    }

    /** Neighbours would wait for each other at one line. */
    private long lineOffset() {
        return (long) (lines++ % (Register.PORTAL_BYTES / 64)) * 64;
    }

    /**
     * The oldest job that must end before another descriptor may be handed in.
     *
     * @return null if the queue has room
     */
    DsaJob obstacle() {
        outstanding.removeIf(job -> job.result() != null);
        boolean room = queue.isShared() || outstanding.size() < queue.config().size();
        return room ? null : outstanding.peek();
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

    ListMemory lists() {
        return lists;
    }

    private long portal() {
        return queue.portal(driver.host());
    }
}
