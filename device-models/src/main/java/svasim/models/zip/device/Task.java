package svasim.models.zip.device;

import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Sqe;
import svasim.models.zip.layout.Status;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;

/**
 * One entry on its way: it is read, its source is read, passes the engine, and is written to its
 * destination; then the result goes into the entry, and the completion tells of it. Entries and
 * completions lie in the device's own space, data in that of the queue's PASID.
 */
final class Task {
    private static final int MOST_BYTES = 8 << 20;

    private final Engine engine;
    private final QueuePair queue;
    private final int index;
    private final long id;
    private final PasidPrefix prefix;
    private final int type;
    private final byte[] entryBytes = new byte[Sqe.BYTES];
    private Sqe entry;
    private byte[] source;
    private Deflated outcome;
    private Status failure;
    private int accesses;
    private boolean forgotten;

    Task(Engine engine, QueuePair queue, int index, long id) {
        this.engine = engine;
        this.queue = queue;
        this.index = index;
        this.id = id;
        QueueContext context = queue.submission();
        type = context.type();
        prefix = context.pasid() == QueueContext.NO_PASID ? null : new PasidPrefix(context.pasid());
    }

    long id() {
        return id;
    }

    int queue() {
        return queue.number();
    }

    int pasid() {
        return PasidPrefix.number(prefix);
    }

    void begin() {
        access(null, queue.entry(index), entryBytes, false, this::entryRead);
    }

    /** The device was reset: whatever comes back is too late. */
    void forget() {
        forgotten = true;
    }

    /** The queue knows that the entry is over. */
    void leave() {
        queue.ended();
    }

    private void entryRead() {
        entry = Sqe.of(entryBytes);
        engine.accepted(this);
        if (failure != null || !isSupported()) {
            end(failure == null ? Status.BAD_ENTRY : failure);
            return;
        }
        source = new byte[entry.inputBytes()];
        access(prefix, entry.source(), source, false, this::sourceRead);
    }

    private boolean isSupported() {
        boolean known = entry.format() == Sqe.ZLIB || entry.format() == Sqe.GZIP;
        return known && isLength(entry.inputBytes()) && isLength(entry.roomBytes());
    }

    private static boolean isLength(int bytes) {
        return bytes > 0 && bytes <= MOST_BYTES;
    }

    private void sourceRead() {
        if (failure != null) {
            end(failure);
            return;
        }
        engine.pass(source.length, (nowPs, kind, data) -> passed());
    }

    private void passed() {
        if (forgotten) {
            return;
        }
        outcome = Deflated.of(source, type, entry.format(), entry.roomBytes());
        source = null;
        if (outcome.bytes().length == 0) {
            end(outcome.status());
        } else {
            access(prefix, entry.destination(), outcome.bytes(), true, this::written);
        }
    }

    private void written() {
        end(failure == null ? outcome.status() : failure);
    }

    private void end(Status status) {
        boolean made = outcome != null;
        Sqe.Result result =
                new Sqe.Result(
                        status, made ? outcome.consumed() : 0, made ? outcome.bytes().length : 0);
        byte[] bytes = Sqe.resultBytes(result);
        access(null, queue.entry(index), bytes, true, () -> tell(status));
    }

    /** Behind the data and the result, so that who sees the completion sees them too. */
    private void tell(Status status) {
        long address = queue.completionEntry();
        byte[] bytes = queue.complete(index).toBytes();
        access(null, address, bytes, true, () -> engine.ended(this, status.text()));
    }

    /** Reads or writes a whole buffer, page by page, and goes on when all of it has ended. */
    private void access(
            PasidPrefix pasid, long address, byte[] buffer, boolean write, Runnable then) {
        DmaClient client =
                (nowPs, token, status, faultAddress) -> {
                    if (!forgotten) {
                        accessed(status, then);
                    }
                };
        for (int from = 0; from < buffer.length; ) {
            int bytes = DmaRequest.bytesInPage(address + from, buffer.length - from);
            DmaRequest request =
                    new DmaRequest(
                            pasid, address + from, buffer, from, bytes, OnFault.BLOCK, queue());
            accesses++;
            if (write) {
                engine.dma().write(request, client, 0);
            } else {
                engine.dma().read(request, client, 0);
            }
            from += bytes;
        }
    }

    private void accessed(DmaStatus status, Runnable then) {
        accesses--;
        if (status != DmaStatus.OK) {
            failure = Status.BUS_ERROR;
        }
        if (accesses == 0) {
            then.run();
        }
    }
}
