package svasim.models.dsa.device;

import svasim.device.Words;

/** MSI-X entry 0, the one vector of the model: commands and errors (PCI 3.0, 6.8.2). */
final class MsixTable {
    static final int BYTES = 16;

    private static final int CONTROL = 12;
    private static final int MASKED = 1;

    private final byte[] entry = new byte[BYTES];

    MsixTable() {
        reset();
    }

    void reset() {
        Words.put(entry, 0, BYTES, 0);
        Words.put(entry, 8, 8, (long) MASKED << Integer.SIZE);
    }

    void write(int offset, byte[] data) {
        System.arraycopy(data, 0, entry, offset, data.length);
    }

    /** The aligned quadword at an offset. */
    long quadword(int offset) {
        return Words.u64(entry, offset);
    }

    boolean isMasked() {
        return (entry[CONTROL] & MASKED) != 0;
    }

    long address() {
        return Words.u64(entry, 0);
    }

    int data() {
        return Words.u32(entry, 8);
    }
}
