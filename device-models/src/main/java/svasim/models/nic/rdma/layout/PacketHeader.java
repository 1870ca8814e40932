package svasim.models.nic.rdma.layout;

import svasim.device.Words;

/**
 * What stands before the bytes of a packet on the wire, 32 bytes.
 *
 * @param number of the packet since the queue was started (PSN, which never wraps here)
 * @param key of the region to write
 * @param left bytes of the message from this packet on
 * @param committed bytes of the message before this packet
 */
public record PacketHeader(long number, int key, long address, int left, int committed) {
    public static final int BYTES = 32;

    private static final int ADDRESS = 8;
    private static final int KEY = 16;
    private static final int LEFT = 20;
    private static final int COMMITTED = 24;

    /** Stores the header at the start of a packet. */
    public void store(byte[] packet) {
        Words.put(packet, 0, Long.BYTES, number);
        Words.put(packet, ADDRESS, Long.BYTES, address);
        Words.put(packet, KEY, Integer.BYTES, key);
        Words.put(packet, LEFT, Integer.BYTES, left);
        Words.put(packet, COMMITTED, Integer.BYTES, committed);
    }

    public static PacketHeader of(byte[] packet) {
        return new PacketHeader(
                Words.u64(packet, 0),
                Words.u32(packet, KEY),
                Words.u64(packet, ADDRESS),
                Words.u32(packet, LEFT),
                Words.u32(packet, COMMITTED));
    }
}
