package svasim.models.dsa.device;

import java.util.function.LongConsumer;
import svasim.device.DeviceHost;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Status;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaStatus;
import svasim.stats.Counter;

/** Writes completion records, last of all that a descriptor writes. */
final class CompletionWriter {
    private static final int ALIGNMENT = 32;

    private final DeviceHost host;
    private final SoftwareError error;
    private final Runnable errorReported;
    private final Counter records;
    private final Counter partial;
    private final Counter aborted;

    /**
     * @param errorReported called after something was put into SWERR
     */
    CompletionWriter(DeviceHost host, SoftwareError error, Runnable errorReported) {
        this.host = host;
        this.error = error;
        this.errorReported = errorReported;
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
        Work work = ending.work();
        CompletionRecord record = ending.outcome().record();
        if (record.status() == Status.PAGE_FAULT) {
            partial.increment();
        }
        Descriptor d = work.descriptor();
        boolean silent =
                record.status() == Status.SUCCESS && !d.has(Flags.REQUEST_COMPLETION_RECORD);
        if (silent) {
            then.accept(nowPs);
        } else if (!d.has(Flags.COMPLETION_ADDRESS_VALID)) {
            report(work, record);
            then.accept(nowPs);
        } else if ((d.completionAddress() & ALIGNMENT - 1) != 0) {
            report(work, CompletionRecord.of(Status.RECORD_MISALIGNED));
            then.accept(nowPs);
        } else {
            write(ending, then);
        }
    }

    private void write(Ending ending, LongConsumer then) {
        Work work = ending.work();
        host.function()
                .dma()
                .write(
                        work.recordRequest(ending.outcome().record().toBytes()).stream(
                                ending.engine()),
                        new RecordWrite(work, then),
                        0);
    }

    private void report(Work work, CompletionRecord record) {
        error.report(work, record);
        errorReported.run();
    }

    private Counter counter(String name, String description) {
        return host.statistics().counter(host.name() + "." + name, description);
    }

    /** A record on its way to memory. */
    private final class RecordWrite implements DmaClient {
        private final Work work;
        private final LongConsumer then;

        RecordWrite(Work work, LongConsumer then) {
            this.work = work;
            this.then = then;
        }

        @Override
        public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
            if (status == DmaStatus.OK) {
                records.increment();
            } else if (status != DmaStatus.DISCARDED) {
                report(
                        work,
                        CompletionRecord.fault(
                                Status.RECORD_NOT_TRANSLATED, true, 0, faultAddress));
            }
            then.accept(nowPs);
        }
    }
}
