package svasim.models.dsa.device;

import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Status;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaStatus;

/**
 * Drain descriptor: ends when every earlier descriptor of the same PASID in the same queue has
 * ended, and lines that it names have been read back.
 */
final class Drain implements Execution, DmaClient {
    private static final int LINE_BYTES = 64;

    private final Engine engine;
    private final Work work;
    private int readBacks;
    private boolean begun;
    private boolean over;
    private Outcome outcome = Outcome.of(Status.SUCCESS);

    Drain(Engine engine, Work work) {
        this.engine = engine;
        this.work = work;
    }

    @Override
    public void begin(long nowPs) {
        begun = true;
        if (outcome.isAborted()) {
            finishIfQuiet(nowPs);
            return;
        }
        work.queue()
                .awaitNone(
                        earlier -> earlier.pasid() == work.pasid() && earlier.id() < work.id(),
                        () -> readBack(engine.nowPs()));
    }

    @Override
    public void abort(long nowPs) {
        outcome = Outcome.ABORTED;
        if (begun) {
            finishIfQuiet(nowPs);
        }
    }

    @Override
    public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
        readBacks--;
        if (status == DmaStatus.DISCARDED) {
            outcome = Outcome.ABORTED;
        } else if (status != DmaStatus.OK && !outcome.isAborted()) {
            outcome =
                    Outcome.of(
                            CompletionRecord.fault(Status.READ_BACK_FAULT, false, 0, faultAddress));
        }
        finishIfQuiet(nowPs);
    }

    private void readBack(long nowPs) {
        if (!over) {
            Descriptor d = work.descriptor();
            readBack(d.has(Flags.DRAIN_READ_BACK_1), d.source());
            readBack(d.has(Flags.DRAIN_READ_BACK_2), d.destination());
            finishIfQuiet(nowPs);
        }
    }

    private void readBack(boolean valid, long address) {
        if (valid) {
            readBacks++;
            byte[] line = new byte[LINE_BYTES];
            engine.dma()
                    .read(
                            engine.request(work, address & -LINE_BYTES, line, 0, LINE_BYTES),
                            this,
                            0);
        }
    }

    private void finishIfQuiet(long nowPs) {
        if (readBacks == 0 && !over) {
            over = true;
            engine.finished(nowPs, work, outcome);
        }
    }

    @Override
    public String waitingFor() {
        return readBacks > 0 ? "read-back" : "earlier descriptors";
    }
}
