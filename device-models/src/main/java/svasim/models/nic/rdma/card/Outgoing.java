package svasim.models.nic.rdma.card;

import svasim.models.nic.rdma.layout.PacketHeader;
import svasim.models.nic.rdma.layout.WorkRequest;
import svasim.pcie.endpoint.DmaStatus;

/** A packet between its translation and the wire. */
final class Outgoing {
    private static final int NOT_BEGUN = -1;

    private final Message message;
    private final long number;
    private final PacketAccess access;
    private final byte[] packet;
    private int missing = NOT_BEGUN;
    private boolean failed;
    private boolean cancelled;

    Outgoing(Message message, long number, PacketAccess access) {
        this.message = message;
        this.number = number;
        this.access = access;
        packet = new byte[PacketHeader.BYTES + access.bytes()];
        WorkRequest request = message.request();
        int offset = message.offset(number);
        PacketHeader header =
                new PacketHeader(
                        number,
                        request.remoteKey(),
                        request.remoteAddress() + offset,
                        request.bytes() - offset,
                        offset);
        header.store(packet);
    }

    Message message() {
        return message;
    }

    long number() {
        return number;
    }

    PacketAccess access() {
        return access;
    }

    byte[] packet() {
        return packet;
    }

    /** So many parts are read. */
    void pieces(int count) {
        missing = count;
    }

    void store(byte[] bytes, int from, DmaStatus status) {
        System.arraycopy(bytes, 0, packet, PacketHeader.BYTES + from, bytes.length);
        failed |= status != DmaStatus.OK;
        missing--;
    }

    boolean isRead() {
        return missing == 0;
    }

    boolean hasFailed() {
        return failed;
    }

    /** It is not to be sent if it is this packet or behind it. */
    void cancelFrom(long packetNumber) {
        cancelled |= number >= packetNumber;
    }

    boolean isCancelled() {
        return cancelled;
    }
}
