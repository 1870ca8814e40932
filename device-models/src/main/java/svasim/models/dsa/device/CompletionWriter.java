package svasim.models.dsa.device;

import java.util.function.LongConsumer;
import java.util.function.Predicate;
import svasim.device.DeviceHost;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Status;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaStatus;
import svasim.stats.Counter;

/**
 * Writes completion records, last of all that a descriptor writes, and sends the interrupt that the
 * descriptor has asked for. What no record can tell goes to the reporter.
 */
final class CompletionWriter {
    private static final int ALIGNMENT = 32;

    private final DeviceHost host;
    private final Reporter reporter;
    private final InterruptHandles handles;
    private final Counter records;
    private final Counter partial;
    private final Counter aborted;

    CompletionWriter(DeviceHost host, Reporter reporter, InterruptHandles handles) {
        this.host = host;
        this.reporter = reporter;
        this.handles = handles;
        records = counter("records", "completion records written");
        partial = counter("partial", "descriptors that stopped at a missing page");
        aborted = counter("aborted", "descriptors thrown away by a command or a reset");
    }

    /** Tells software how a descriptor ended; then goes on. */
    void complete(long nowPs, Ending ending, LongConsumer then) {
        if (ending.outcome().isAborted()) {
            aborted.increment();
            then.accept(nowPs);
            return;
        }
        CompletionRecord record = ending.outcome().record();
        if (record.status() == Status.PAGE_FAULT) {
            partial.increment();
        }
        tell(nowPs, ending, record, then);
    }

    private void tell(long nowPs, Ending ending, CompletionRecord record, LongConsumer then) {
        Work work = ending.work();
        Descriptor d = work.descriptor();
        boolean silent =
                record.status() == Status.SUCCESS && !d.has(Flags.REQUEST_COMPLETION_RECORD);
        if (silent) {
            interrupt(work, record);
            then.accept(nowPs);
        } else if (!d.has(Flags.COMPLETION_ADDRESS_VALID)) {
            reporter.report(nowPs, work, record, then);
        } else if ((d.completionAddress() & ALIGNMENT - 1) != 0) {
            CompletionRecord misaligned = CompletionRecord.of(Status.RECORD_MISALIGNED);
            reporter.report(nowPs, work, misaligned, then);
        } else if (reporter.hasRecordsBefore(work)) {
            reporter.putOff(work, record, then);
        } else {
            write(ending, record, then);
        }
    }

    /** Ends the wait of descriptors that are thrown away while they wait to be reported. */
    void abandon(long nowPs, Predicate<Work> which) {
        reporter.abandon(nowPs, which);
    }

    private void write(Ending ending, CompletionRecord record, LongConsumer then) {
        Work work = ending.work();
        host.function()
                .dma()
                .write(
                        work.recordRequest(record.toBytes()).stream(ending.engine()),
                        new RecordWrite(work, record, then),
                        0);
    }

    /** A handle that is not valid is what the record tells of. */
    private void interrupt(Work work, CompletionRecord record) {
        boolean wanted = work.descriptor().has(Flags.REQUEST_INTERRUPT);
        if (wanted && record.status() != Status.INVALID_INTERRUPT_HANDLE) {
            handles.signal(work.descriptor().interruptHandle());
        }
    }

    private Counter counter(String name, String description) {
        return host.statistics().counter(host.name() + "." + name, description);
    }

    /** A record on its way to memory. */
    private final class RecordWrite implements DmaClient {
        private final Work work;
        private final CompletionRecord record;
        private final LongConsumer then;

        RecordWrite(Work work, CompletionRecord record, LongConsumer then) {
            this.work = work;
            this.record = record;
            this.then = then;
        }

        @Override
        public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
            if (status == DmaStatus.OK) {
                records.increment();
                interrupt(work, record);
            } else if (status != DmaStatus.DISCARDED) {
                reporter.recordFailed(nowPs, work, record, then);
                return;
            }
            then.accept(nowPs);
        }
    }
}
