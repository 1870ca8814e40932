package svasim.iommu.virtio;

/** Little-endian words of messages. */
final class Words {
    private Words() {}

    /** The 64-bit word at an offset; bytes behind the end are 0. */
    static long at(byte[] message, int offset) {
        long word = 0;
        for (int i = Math.min(offset + Long.BYTES, message.length) - 1; i >= offset; i--) {
            word |= (message[i] & 0xFFL) << (i - offset) * Byte.SIZE;
        }
        return word;
    }
}
