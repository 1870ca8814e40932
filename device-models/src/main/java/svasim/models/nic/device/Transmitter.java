package svasim.models.nic.device;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.device.BufferAccess;
import svasim.models.nic.layout.Completion;
import svasim.models.nic.layout.Completion.Status;
import svasim.models.nic.layout.Descriptor;
import svasim.models.nic.traffic.Payload;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Sends what a transmit ring asks for: several packets are read at once, and leave in the order of
 * their descriptors.
 */
final class Transmitter {
    /** Packets between their descriptor and the end of the wire. */
    private static final int IN_FLIGHT = 32;

    private final QueuePair queue;
    private final BufferAccess memory;
    private final WireShare wire;
    private final Ring ring;
    private final Queue<Outgoing> outgoing = new ArrayDeque<>();
    private int inFlight;

    private static final class Outgoing {
        private final int index;
        private final byte[] packet;
        private Status status;

        Outgoing(int index, byte[] packet, Status status) {
            this.index = index;
            this.packet = packet;
            this.status = status;
        }
    }

    Transmitter(QueuePair queue, BufferAccess memory, WireShare wire) {
        this.queue = queue;
        this.memory = memory;
        this.wire = wire;
        this.ring = new Ring(memory, this::take);
    }

    Ring ring() {
        return ring;
    }

    boolean isIdle() {
        return inFlight == 0;
    }

    /** Begins what there is room for. */
    void go() {
        while (queue.isRunning() && inFlight < IN_FLIGHT && ring.waiting() > 0) {
            inFlight += ring.fetch(IN_FLIGHT - inFlight);
        }
    }

    void reset() {
        ring.place(0, 0);
        outgoing.clear();
        inFlight = 0;
    }

    private void take(int index, Descriptor descriptor) {
        boolean good =
                descriptor != null
                        && descriptor.bytes() >= Payload.LEAST_BYTES
                        && descriptor.bytes() <= Payload.MOST_BYTES;
        if (!good) {
            Status why = descriptor == null ? Status.DMA_ERROR : Status.BAD_DESCRIPTOR;
            outgoing.add(new Outgoing(index, null, why));
            sendNext();
            return;
        }
        Outgoing packet = new Outgoing(index, new byte[descriptor.bytes()], null);
        outgoing.add(packet);
        memory.read(
                PasidPrefix.NONE,
                descriptor.address(),
                packet.packet,
                status -> {
                    packet.status = status == DmaStatus.OK ? Status.SUCCESS : Status.DMA_ERROR;
                    sendNext();
                });
    }

    private void sendNext() {
        while (!outgoing.isEmpty() && outgoing.element().status != null) {
            Outgoing next = outgoing.remove();
            if (next.status == Status.SUCCESS) {
                wire.send(next.packet, queue, () -> sent(next));
            } else {
                sent(next);
            }
        }
    }

    private void sent(Outgoing over) {
        inFlight--;
        int bytes = over.status == Status.SUCCESS ? over.packet.length : 0;
        queue.completions().put(new Completion(false, over.index, bytes, over.status, false));
        go();
        queue.changed();
    }
}
