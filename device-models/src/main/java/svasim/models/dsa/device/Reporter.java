package svasim.models.dsa.device;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.EventLogEntry;
import svasim.models.dsa.layout.EventLogEntry.BatchPlace;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;

/**
 * Tells software what no completion record can: in the event log if it is on, with the record that
 * software is to write itself, else in SWERR. The record of a batch, or of a drain, must not come
 * before those that software has still to write; it goes to the log as well then.
 */
final class Reporter {
    private final SoftwareError error;
    private final EventLog log;
    private final Runnable errorReported;

    /** Batches that have members without a record. */
    private final Set<Work> incomplete = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param errorReported called after something was put into SWERR
     */
    Reporter(SoftwareError error, EventLog log, Runnable errorReported) {
        this.error = error;
        this.log = log;
        this.errorReported = errorReported;
    }

    /** A descriptor came to a queue that did not take it. */
    void refused(int queue) {
        error.refused(queue, Status.HARDWARE_ERROR);
        errorReported.run();
    }

    /** There is no place for a record. */
    void report(long nowPs, Work work, CompletionRecord record, LongConsumer then) {
        if (log.isEnabled()) {
            int info =
                    record.status() == Status.INVALID_FLAGS
                            ? (int) record.specific()
                            : afterwards(work);
            append(work, entry(work, record.status(), record.faultAddress(), info, record), then);
        } else {
            error.report(work, record);
            errorReported.run();
            then.accept(nowPs);
        }
    }

    /** The record could not be written to its place. */
    void recordFailed(long nowPs, Work work, CompletionRecord record, LongConsumer then) {
        long address = work.descriptor().completionAddress();
        if (!log.isEnabled()) {
            Status status = Status.RECORD_NOT_TRANSLATED;
            report(nowPs, work, CompletionRecord.fault(status, true, 0, address), then);
            return;
        }
        int info = afterwards(work);
        if (work.batch() != null) {
            info |= work.batch().recordFailed() ? EventLogEntry.FIRST_IN_BATCH : 0;
            incomplete.add(work.accepted());
        }
        append(work, entry(work, Status.RECORD_NOT_TRANSLATED, address, info, record), then);
    }

    /** Whether software has to write records before that of a descriptor is told. */
    boolean hasRecordsBefore(Work work) {
        Opcode opcode = Opcode.of(work.descriptor().opcode());
        if (opcode == Opcode.DRAIN) {
            return log.holds(
                    other -> other.queue() == work.queue() && other.pasid() == work.pasid());
        }
        return incomplete.contains(work);
    }

    /** Leaves the record of a batch or drain to software. */
    void putOff(Work work, CompletionRecord record, LongConsumer then) {
        incomplete.remove(work);
        Status why = work.isBatch() ? Status.BATCH_LOGGED : Status.DRAIN_LOGGED;
        long address = work.descriptor().completionAddress();
        append(work, entry(work, why, address, afterwards(work), record), then);
    }

    void abandon(long nowPs, Predicate<Work> which) {
        incomplete.removeIf(which);
        log.abandon(nowPs, which);
    }

    private void append(Work work, EventLogEntry entry, LongConsumer then) {
        log.append(work, entry, then);
    }

    /** What software does for the device when it has written the record. */
    private static int afterwards(Work work) {
        Descriptor d = work.descriptor();
        int record = d.has(Flags.REQUEST_COMPLETION_RECORD) ? EventLogEntry.RECORD_WANTED : 0;
        return d.has(Flags.REQUEST_INTERRUPT)
                ? record | EventLogEntry.INTERRUPT_WANTED | d.interruptHandle()
                : record;
    }

    private static EventLogEntry entry(
            Work work, Status error, long address, int info, CompletionRecord record) {
        boolean write = error == Status.RECORD_NOT_TRANSLATED || record.writeFault();
        return new EventLogEntry(
                error,
                write,
                work.queue().index(),
                work.descriptor().opcode(),
                work.pasid() & EventLogEntry.NO_PASID,
                work.privileged(),
                place(work),
                info,
                address,
                record);
    }

    private static BatchPlace place(Work work) {
        if (work.batch() != null) {
            return new BatchPlace(batchNumber(work.accepted()), work.index());
        }
        return work.isBatch() ? new BatchPlace(batchNumber(work), 0) : null;
    }

    /** Batches are few enough at once that eight bits tell them apart. */
    private static int batchNumber(Work batch) {
        return batch.index() & 0xff;
    }
}
