package svasim.models.nic.device;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.device.BufferAccess;
import svasim.models.nic.layout.Descriptor;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.tlp.PasidPrefix;

/**
 * A ring of descriptors in memory, which the card reads some at a time. Counters never wrap, so
 * that a full ring differs from an empty one.
 */
final class Ring {
    /** Descriptors that one read fetches at most: a cache line's. */
    private static final int BATCH = 4;

    private final BufferAccess memory;
    private final Taker taker;
    private long base;
    private long entries;
    private long tail;
    private long fetched;
    private final Queue<Batch> batches = new ArrayDeque<>();

    /** Descriptors of one read. */
    private static final class Batch {
        private final int first;
        private final byte[] bytes;
        private DmaStatus status;

        Batch(int first, byte[] bytes) {
            this.first = first;
            this.bytes = bytes;
        }
    }

    /** Gets the descriptors that were read. */
    @FunctionalInterface
    interface Taker {
        /**
         * @param descriptor null if it could not be read
         */
        void take(int index, Descriptor descriptor);
    }

    Ring(BufferAccess memory, Taker taker) {
        this.memory = memory;
        this.taker = taker;
    }

    void place(long address, long count) {
        base = address;
        entries = count;
        tail = 0;
        fetched = 0;
        batches.clear();
    }

    /** Software has written so many; a number that cannot be is ignored. */
    void tail(long written) {
        if (written >= tail && written - fetched <= entries) {
            tail = written;
        }
    }

    /** Descriptors that were written and not asked for. */
    long waiting() {
        return tail - fetched;
    }

    /**
     * Reads the next descriptors; they are handed over in their order.
     *
     * @param most positive
     * @return how many are on their way
     */
    int fetch(long most) {
        int first = (int) (fetched % entries);
        long count = Math.min(Math.min(most, waiting()), Math.min(BATCH, entries - first));
        Batch batch = new Batch(first, new byte[(int) count * Descriptor.BYTES]);
        fetched += count;
        batches.add(batch);
        memory.read(
                PasidPrefix.NONE,
                base + (long) first * Descriptor.BYTES,
                batch.bytes,
                status -> arrived(batch, status));
        return (int) count;
    }

    private void arrived(Batch batch, DmaStatus status) {
        batch.status = status;
        while (!batches.isEmpty() && batches.element().status != null) {
            hand(batches.remove());
        }
    }

    private void hand(Batch batch) {
        for (int offset = 0; offset < batch.bytes.length; offset += Descriptor.BYTES) {
            boolean good = batch.status == DmaStatus.OK;
            Descriptor descriptor = good ? Descriptor.of(batch.bytes, offset) : null;
            taker.take(batch.first + offset / Descriptor.BYTES, descriptor);
        }
    }
}
