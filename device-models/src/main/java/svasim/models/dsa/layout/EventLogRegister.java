package svasim.models.dsa.layout;

/**
 * EVLCFG (two quadwords: base and size) and EVLSTATUS (head, tail and whether an interrupt is
 * pending), as in Linux {@code idxd/registers.h}.
 */
public final class EventLogRegister {
    /** Fewest entries that a log can have. */
    public static final int LEAST_ENTRIES = 64;

    private static final int INDEX_MASK = 0xffff;
    private static final int TAIL_SHIFT = 32;
    private static final long INTERRUPT_PENDING = 1L << 62;
    private static final long BASE_MASK = -1L << 12;
    private static final long PASID_ENABLE = 1;
    private static final long PRIVILEGED = 2;
    private static final int PASID_SHIFT = 16;
    private static final int PASID_MASK = 0xf_ffff;

    private long base;
    private long sizeAndPasid;
    private long status;

    /** A quadword of EVLCFG. */
    public long config(int index) {
        return index == 0 ? base : sizeAndPasid;
    }

    public void config(int index, long value) {
        if (index == 0) {
            base = value & (BASE_MASK | PASID_ENABLE | PRIVILEGED);
        } else {
            sizeAndPasid = value & ((long) PASID_MASK << PASID_SHIFT | INDEX_MASK);
        }
    }

    public long status() {
        return status;
    }

    /** Entries of the ring; one of them always stays empty. */
    public int size() {
        return (int) sizeAndPasid & INDEX_MASK;
    }

    public boolean hasPasid() {
        return (base & PASID_ENABLE) != 0;
    }

    public boolean isPrivileged() {
        return (base & PRIVILEGED) != 0;
    }

    public int pasid() {
        return (int) (sizeAndPasid >>> PASID_SHIFT) & PASID_MASK;
    }

    public boolean isFull() {
        return size() == 0 || (tail(status) + 1) % size() == head(status);
    }

    /** Address of the next entry. */
    public long tailAddress() {
        return (base & BASE_MASK) + (long) tail(status) * EventLogEntry.BYTES;
    }

    /**
     * Hardware has written an entry.
     *
     * @return whether there is to be an interrupt: not while one is pending
     */
    public boolean advanceTail() {
        long next = (long) ((tail(status) + 1) % size()) << TAIL_SHIFT;
        boolean first = (status & INTERRUPT_PENDING) == 0;
        status = head(status) | next | INTERRUPT_PENDING;
        return first;
    }

    /**
     * Software writes the head, in the low half, and acknowledges the interrupt by a one in its
     * place.
     *
     * @param bytes written, 4 or 8, from the low half on
     * @return entries that software has taken
     */
    public int writeStatus(long value, int bytes) {
        int size = Math.max(1, size());
        int before = head(status);
        int after = head(value) % size;
        boolean acknowledged = bytes == Long.BYTES && (value & INTERRUPT_PENDING) != 0;
        int used = Math.floorMod(tail(status) - before, size);
        int taken = Math.min(used, Math.floorMod(after - before, size));
        status =
                status & (acknowledged ? ~INTERRUPT_PENDING : -1L) & ~(long) INDEX_MASK
                        | (before + taken) % size;
        return taken;
    }

    public void reset() {
        base = 0;
        sizeAndPasid = 0;
        status = 0;
    }

    /** Index of the entry that software looks at next, in a value of EVLSTATUS. */
    public static int head(long status) {
        return (int) status & INDEX_MASK;
    }

    /** Index of the entry that hardware writes next. */
    public static int tail(long status) {
        return (int) (status >>> TAIL_SHIFT) & INDEX_MASK;
    }

    /** What software writes: its new head, with or without the acknowledgement. */
    public static long ofHead(int head, boolean acknowledge) {
        return head | (acknowledge ? INTERRUPT_PENDING : 0);
    }

    /** The second quadword of EVLCFG for a log without PASID. */
    public static long ofSize(int entries) {
        return entries;
    }
}
