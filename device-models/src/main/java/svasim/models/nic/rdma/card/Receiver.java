package svasim.models.nic.rdma.card;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import svasim.device.BufferAccess;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.rdma.layout.FaultEvent;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.models.nic.rdma.layout.PacketHeader;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Writes packets to memory in their order. While a page is missing it takes nothing: it drops what
 * comes, and may say so.
 */
final class Receiver {
    private final MessageQueue queue;
    private final MessageQueue.Shared shared;
    private final BufferAccess memory;
    private final Queue<byte[]> inbound = new ArrayDeque<>();

    /** Packets that are in memory although one before them is not. */
    private final TreeSet<Long> early = new TreeSet<>();

    private long expected;
    private long inMemory;
    private boolean preparing;
    private boolean waiting;

    Receiver(MessageQueue queue, MessageQueue.Shared shared, BufferAccess memory) {
        this.queue = queue;
        this.shared = shared;
        this.memory = memory;
    }

    void arrived(byte[] packet) {
        inbound.add(packet);
        next();
    }

    void clear() {
        inbound.clear();
        early.clear();
        expected = 0;
        inMemory = 0;
        preparing = false;
        waiting = false;
    }

    private void next() {
        while (!preparing && !inbound.isEmpty()) {
            byte[] packet = inbound.remove();
            PacketHeader header = PacketHeader.of(packet);
            if (header.number() < expected) {
                queue.answer(MessageQueue.Answer.ARRIVED, inMemory);
            } else if (header.number() == expected) {
                receive(header, packet);
            }
        }
    }

    private void receive(PacketHeader header, byte[] packet) {
        if (waiting) {
            turnAway();
            return;
        }
        int bytes = packet.length - PacketHeader.BYTES;
        long domain = queue.value(MessageRegister.DOMAIN);
        Region region = shared.regions().find(header.key(), domain, header.address(), bytes);
        if (region == null) {
            queue.answer(MessageQueue.Answer.REFUSED, expected);
            return;
        }
        PacketAccess access = new PacketAccess(region, header.address(), bytes, true);
        int life = queue.life();
        preparing = true;
        shared.tables()
                .prepare(
                        access,
                        () -> {
                            if (life == queue.life()) {
                                prepared(access, header, packet);
                            }
                        });
    }

    private void prepared(PacketAccess access, PacketHeader header, byte[] packet) {
        preparing = false;
        if (access.missing().isEmpty()) {
            expected++;
            write(access, header.number(), packet);
        } else {
            missing(access, header);
        }
        next();
    }

    private void missing(PacketAccess access, PacketHeader header) {
        waiting = true;
        int life = queue.life();
        FaultEvent event =
                FaultEvent.of(
                        FaultEvent.Cause.RDMA,
                        queue.number(),
                        0,
                        header.key(),
                        access.address(),
                        new FaultEvent.Packet(access.bytes(), header.left(), header.committed()));
        shared.events()
                .raise(
                        event,
                        error -> {
                            if (life == queue.life()) {
                                resumed(error);
                            }
                        });
        turnAway();
    }

    /** The sender has to send again what it has sent. */
    private void resumed(boolean error) {
        waiting = false;
        if (error) {
            queue.answer(MessageQueue.Answer.REFUSED, expected);
        }
    }

    private void turnAway() {
        if (shared.onDemand().absent() == OnDemandConfig.Absent.RNR) {
            shared.statistics().notReady();
            queue.answer(MessageQueue.Answer.NOT_READY, expected);
        } else {
            shared.statistics().dropped();
        }
    }

    private void write(PacketAccess access, long number, byte[] packet) {
        List<PacketAccess.Piece> pieces = access.begin();
        int life = queue.life();
        int[] left = {pieces.size()};
        boolean[] failed = {false};
        for (PacketAccess.Piece piece : pieces) {
            int from = PacketHeader.BYTES + piece.from();
            byte[] bytes = Arrays.copyOfRange(packet, from, from + piece.bytes());
            memory.write(
                    PasidPrefix.NONE,
                    piece.address(),
                    bytes,
                    status -> {
                        failed[0] |= status != DmaStatus.OK;
                        if (--left[0] == 0) {
                            over(access, number, failed[0], life);
                        }
                    });
        }
    }

    private void over(PacketAccess access, long number, boolean failed, int life) {
        access.over();
        shared.commands().accessOver();
        queue.changed();
        if (life != queue.life()) {
            return;
        }
        if (failed) {
            queue.answer(MessageQueue.Answer.REFUSED, number);
            return;
        }
        early.add(number);
        while (early.remove(inMemory)) {
            inMemory++;
        }
        queue.answer(MessageQueue.Answer.ARRIVED, inMemory);
    }
}
