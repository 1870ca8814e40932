package svasim.models.nic.rdma.card;

import svasim.models.nic.rdma.layout.WorkRequest;

/**
 * A message that is being sent.
 *
 * @param index of its work request in the ring
 * @param first number of its first packet
 */
record Message(int index, WorkRequest request, long first) {
    /** Bytes of a packet at most (MTU). */
    static final int PACKET_BYTES = 4096;

    /** Number of the first packet behind it. */
    long end() {
        return first + (request.bytes() + PACKET_BYTES - 1) / PACKET_BYTES;
    }

    /** First byte of a packet within the message. */
    int offset(long packet) {
        return (int) (packet - first) * PACKET_BYTES;
    }
}
