package svasim.models.nic.rdma.layout;

import svasim.device.Words;

/**
 * Entry of the ring of commands, 64 bytes.
 *
 * @param key of the region
 * @param address first byte of the region, or of the range of it
 * @param bytes of the region, or of the range of it; of {@link Opcode#SET} the number of entries
 * @param list device address of the entries, or of the region's table in memory of the host
 * @param detail protection domain, or the token of an event
 * @param error whether the fault of the token ends in an error
 */
public record Command(
        Opcode opcode, int key, long address, long bytes, long list, long detail, boolean error) {
    public static final int BYTES = 64;

    private static final int OPCODE = 0;
    private static final int ERROR = 1;
    private static final int KEY = 4;
    private static final int ADDRESS = 8;
    private static final int LENGTH = 16;
    private static final int LIST = 24;
    private static final int DETAIL = 32;

    /** What is to be done. */
    public enum Opcode {
        /** Nothing. */
        NONE,
        /** Makes a region with an empty table. */
        CREATE,
        /** Sets entries of a region's table (UMR). */
        SET,
        /** Removes entries (UMR); done when no access uses them any more. */
        REMOVE,
        /** Ends a region; done when no access uses it any more. */
        DESTROY,
        /** A page fault was handled. */
        RESUME
    }

    /** Makes a region. */
    public static Command create(int key, long start, long bytes, long domain, long table) {
        return new Command(Opcode.CREATE, key, start, bytes, table, domain, false);
    }

    /** Sets entries that follow each other. */
    public static Command set(int key, long address, int count, long list) {
        return new Command(Opcode.SET, key, address, count, list, 0, false);
    }

    public static Command remove(int key, long address, long bytes) {
        return new Command(Opcode.REMOVE, key, address, bytes, 0, 0, false);
    }

    public static Command destroy(int key) {
        return new Command(Opcode.DESTROY, key, 0, 0, 0, 0, false);
    }

    public static Command resume(long token, boolean error) {
        return new Command(Opcode.RESUME, 0, 0, 0, 0, token, error);
    }

    public byte[] toBytes() {
        byte[] entry = new byte[BYTES];
        entry[OPCODE] = (byte) opcode.ordinal();
        entry[ERROR] = (byte) (error ? 1 : 0);
        Words.put(entry, KEY, Integer.BYTES, key);
        Words.put(entry, ADDRESS, Long.BYTES, address);
        Words.put(entry, LENGTH, Long.BYTES, bytes);
        Words.put(entry, LIST, Long.BYTES, list);
        Words.put(entry, DETAIL, Long.BYTES, detail);
        return entry;
    }

    /** An opcode that there is not does nothing. */
    public static Command of(byte[] entry) {
        int number = entry[OPCODE] & 0xff;
        Opcode[] all = Opcode.values();
        return new Command(
                number < all.length ? all[number] : Opcode.NONE,
                Words.u32(entry, KEY),
                Words.u64(entry, ADDRESS),
                Words.u64(entry, LENGTH),
                Words.u64(entry, LIST),
                Words.u64(entry, DETAIL),
                entry[ERROR] != 0);
    }
}
