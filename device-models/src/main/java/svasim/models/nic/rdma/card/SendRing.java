package svasim.models.nic.rdma.card;

import svasim.device.BufferAccess;
import svasim.models.nic.rdma.layout.MessageCompletion.Status;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.models.nic.rdma.layout.WorkRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.tlp.PasidPrefix;

/** The ring in memory into which software writes work requests; reads one after the other. */
final class SendRing {
    private final MessageQueue queue;
    private final BufferAccess memory;
    private final Taker taker;
    private long tail;
    private long fetched;
    private boolean fetching;

    /** Takes the work requests. */
    interface Taker {
        /** Whether it has room for another one. */
        boolean hasRoom();

        /**
         * @param index of the request in the ring
         * @param status of the access that read it
         */
        void take(int index, WorkRequest request, DmaStatus status);
    }

    SendRing(MessageQueue queue, BufferAccess memory, Taker taker) {
        this.queue = queue;
        this.memory = memory;
        this.taker = taker;
    }

    /** Software has written so many work requests; false, and ignored, if that cannot be. */
    boolean tail(long written) {
        boolean possible =
                written > tail && written - fetched <= queue.value(MessageRegister.ENTRIES);
        if (possible) {
            tail = written;
        }
        return possible;
    }

    boolean isIdle() {
        return !fetching;
    }

    void clear() {
        tail = 0;
        fetched = 0;
        fetching = false;
    }

    /** Reads the next request if there is one; after a failure only to say that it is flushed. */
    void fetch() {
        boolean live = queue.isRunning() || queue.hasFailed();
        if (!live || fetching || fetched == tail || !taker.hasRoom()) {
            return;
        }
        int index = (int) (fetched % queue.value(MessageRegister.ENTRIES));
        byte[] entry = new byte[WorkRequest.BYTES];
        long at = queue.value(MessageRegister.SEND_BASE) + (long) index * WorkRequest.BYTES;
        int life = queue.life();
        fetching = true;
        fetched++;
        memory.read(
                PasidPrefix.NONE,
                at,
                entry,
                status -> {
                    queue.changed();
                    boolean failedMeanwhile = queue.hasFailed() && life + 1 == queue.life();
                    if (life == queue.life() || failedMeanwhile) {
                        fetching = false;
                        hand(index, entry, status);
                    }
                });
    }

    private void hand(int index, byte[] entry, DmaStatus status) {
        if (queue.hasFailed()) {
            queue.complete(index, Status.FLUSHED);
            fetch();
        } else {
            taker.take(index, WorkRequest.of(entry), status);
        }
    }
}
