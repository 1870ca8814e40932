package svasim.models.nic.layout;

import svasim.device.Words;

/**
 * Entry of a transmit or receive ring, 16 bytes.
 *
 * @param address of the packet, or of the place for one
 * @param bytes of the packet, or of the place for one
 */
public record Descriptor(long address, int bytes) {
    public static final int BYTES = 16;

    private static final int LENGTH = 8;

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        Words.put(bytes, 0, Long.BYTES, address);
        Words.put(bytes, LENGTH, Integer.BYTES, this.bytes);
        return bytes;
    }

    /** The descriptor at an offset of what was read of a ring. */
    public static Descriptor of(byte[] ring, int offset) {
        return new Descriptor(Words.u64(ring, offset), Words.u32(ring, offset + LENGTH));
    }
}
