package svasim.models.dsa.device;

import svasim.device.Words;

/**
 * The MSI-X table (PCI 3.0, 6.8.2): entry 0 is for commands, errors, the event log and the halt;
 * the others are for descriptors.
 */
final class MsixTable {
    static final int ENTRIES = 9;
    static final int BYTES = ENTRIES * 16;

    private static final int ENTRY_BYTES = 16;
    private static final int DATA = 8;
    private static final int CONTROL = 12;
    private static final int MASKED = 1;

    private final byte[] entries = new byte[BYTES];

    MsixTable() {
        reset();
    }

    void reset() {
        for (int at = 0; at < BYTES; at += ENTRY_BYTES) {
            Words.put(entries, at, Long.BYTES, 0);
            Words.put(entries, at + DATA, Long.BYTES, (long) MASKED << Integer.SIZE);
        }
    }

    void write(int offset, byte[] data) {
        System.arraycopy(data, 0, entries, offset, data.length);
    }

    /** The aligned quadword at an offset. */
    long quadword(int offset) {
        return Words.u64(entries, offset);
    }

    boolean isMasked(int entry) {
        return (entries[entry * ENTRY_BYTES + CONTROL] & MASKED) != 0;
    }

    long address(int entry) {
        return Words.u64(entries, entry * ENTRY_BYTES);
    }

    int data(int entry) {
        return Words.u32(entries, entry * ENTRY_BYTES + DATA);
    }
}
