package svasim.models.zip.device;

import java.util.List;
import svasim.device.DeviceHost;
import svasim.models.zip.layout.Mailbox;
import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Sqe;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;

/** The mailbox: one command at a time. */
final class Commands {
    private static final int FAILED = 1 << Mailbox.STATUS_SHIFT;

    private final DeviceHost host;
    private final List<QueuePair> queues;
    private final Engine engine;
    private long low;
    private long high;

    /** Counts resets, so that what was begun before one is not ended after it. */
    private int life;

    Commands(DeviceHost host, List<QueuePair> queues, Engine engine) {
        this.host = host;
        this.queues = queues;
        this.engine = engine;
    }

    void high(long value) {
        high = value;
    }

    /** The lower half as software reads it. */
    long low() {
        return low;
    }

    /** Software stores the lower half; while a command is carried out this has no effect. */
    void begin(long value) {
        if (isBusy()) {
            return;
        }
        low = value | Mailbox.BUSY;
        Mailbox mailbox = Mailbox.of(value, high);
        if (mailbox.queue() >= queues.size()) {
            end(false);
            return;
        }
        QueuePair queue = queues.get(mailbox.queue());
        switch (mailbox.command()) {
            case Mailbox.SQC, Mailbox.CQC -> readContext(mailbox, queue);
            case Mailbox.STOP_QP -> queue.stop(() -> readBack(queue));
            default -> end(false);
        }
    }

    void reset() {
        life++;
        low = 0;
        high = 0;
    }

    void waitingFor(List<String> lines) {
        if (isBusy()) {
            lines.add("mailbox command " + Mailbox.of(low, high).command());
        }
    }

    private boolean isBusy() {
        return (low & Mailbox.BUSY) != 0;
    }

    /**
     * Ends a queue pair whose entries have ended. Writes may still be on their way, or be held by
     * the IOMMU; a read stays behind them, so that they have taken effect when it comes back.
     */
    private void readBack(QueuePair queue) {
        if (queue.submission() == null) {
            stopped(queue);
            return;
        }
        int begunIn = life;
        DmaRequest read = DmaRequest.of(PasidPrefix.NONE, queue.entry(0), new byte[Sqe.BYTES]);
        host.function()
                .dma()
                .read(
                        read.onFault(OnFault.REPORT).stream(queue.number()),
                        (nowPs, token, status, faultAddress) -> {
                            if (life == begunIn) {
                                stopped(queue);
                            }
                        },
                        0);
    }

    private void stopped(QueuePair queue) {
        queue.reset();
        end(true);
    }

    private void readContext(Mailbox mailbox, QueuePair queue) {
        byte[] bytes = new byte[QueueContext.BYTES];
        if (DmaRequest.bytesInPage(mailbox.address(), bytes.length) < bytes.length) {
            end(false);
            return;
        }
        int begunIn = life;
        DmaRequest read =
                new DmaRequest(null, mailbox.address(), bytes, 0, bytes.length, OnFault.REPORT, 0);
        host.function()
                .dma()
                .read(
                        read,
                        (nowPs, token, status, faultAddress) -> {
                            if (life == begunIn) {
                                contextRead(mailbox, queue, status, bytes);
                            }
                        },
                        0);
    }

    private void contextRead(Mailbox mailbox, QueuePair queue, DmaStatus status, byte[] bytes) {
        if (status == DmaStatus.OK && mailbox.command() == Mailbox.SQC) {
            queue.submission(QueueContext.of(bytes));
        } else if (status == DmaStatus.OK) {
            queue.completion(QueueContext.of(bytes));
        }
        end(status == DmaStatus.OK);
    }

    private void end(boolean good) {
        low = low & ~Mailbox.BUSY & ~Mailbox.STATUS_MASK | (good ? 0 : FAILED);
        engine.fetch();
    }
}
