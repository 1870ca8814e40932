package svasim.models.nic.device;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.device.BufferAccess;
import svasim.models.nic.layout.Completion;
import svasim.models.nic.layout.Completion.Status;
import svasim.models.nic.layout.Descriptor;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Puts packets where a receive ring has place for them. A packet that finds neither a descriptor
 * nor room in the card is dropped.
 */
final class Receiver {
    private final QueuePair queue;
    private final BufferAccess memory;
    private final PacketBuffer buffer;
    private final int prefetch;
    private final LateWrites late;
    private final Ring ring;
    private final Queue<Place> places = new ArrayDeque<>();
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int asked;
    private int writing;
    private long dropped;

    private record Place(int index, Descriptor descriptor) {}

    Receiver(QueuePair queue, BufferAccess memory, QueuePair.Shared shared) {
        this.queue = queue;
        this.memory = memory;
        this.buffer = shared.buffer();
        this.prefetch = shared.config().prefetch();
        this.late = new LateWrites(shared.config().writesAgain(), shared.host().kernel(), memory);
        this.ring = new Ring(memory, this::take);
    }

    Ring ring() {
        return ring;
    }

    /** Packets dropped since the start. */
    long dropped() {
        return dropped;
    }

    /** Descriptors that no packet has yet. */
    long free() {
        return ring.waiting() + asked + places.size() - waiting.size();
    }

    boolean isIdle() {
        return writing == 0 && waiting.isEmpty() && asked == 0;
    }

    /** Fetches as many descriptors as may be kept. */
    void go() {
        while (queue.isRunning() && asked + places.size() < prefetch && ring.waiting() > 0) {
            asked += ring.fetch(prefetch - asked - places.size());
        }
    }

    void arrived(byte[] packet) {
        boolean taken = queue.isRunning() && free() > 0 && buffer.take(packet.length);
        if (!taken) {
            dropped++;
            buffer.dropped();
            queue.changed();
            return;
        }
        waiting.add(packet);
        place();
    }

    void reset() {
        ring.place(0, 0);
        places.clear();
        waiting.clear();
        asked = 0;
        writing = 0;
        dropped = 0;
        late.reset();
    }

    private void take(int index, Descriptor descriptor) {
        asked--;
        if (descriptor == null) {
            end(index, 0, Status.DMA_ERROR);
        } else {
            places.add(new Place(index, descriptor));
            place();
        }
        queue.changed();
    }

    private void place() {
        while (!waiting.isEmpty() && !places.isEmpty()) {
            write(places.remove(), waiting.remove());
        }
        go();
    }

    private void write(Place place, byte[] packet) {
        int bytes = Math.min(packet.length, place.descriptor().bytes());
        if (bytes <= 0) {
            buffer.give(packet.length);
            end(place.index(), 0, Status.BAD_DESCRIPTOR);
            return;
        }
        writing++;
        buffer.corrupt(packet);
        memory.write(
                PasidPrefix.NONE,
                place.descriptor().address(),
                packet,
                bytes,
                status -> {
                    writing--;
                    buffer.give(packet.length);
                    late.after(place.descriptor().address(), packet, bytes);
                    end(place.index(), bytes, outcome(status, bytes == packet.length));
                    queue.changed();
                });
    }

    private static Status outcome(DmaStatus status, boolean whole) {
        if (status != DmaStatus.OK) {
            return Status.DMA_ERROR;
        }
        return whole ? Status.SUCCESS : Status.TRUNCATED;
    }

    private void end(int index, int bytes, Status status) {
        queue.completions().put(new Completion(true, index, bytes, status, false));
    }
}
