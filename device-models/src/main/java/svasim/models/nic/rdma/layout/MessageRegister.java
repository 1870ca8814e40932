package svasim.models.nic.rdma.layout;

/** Registers of a queue of messages, 8 bytes each, in their order. */
public enum MessageRegister {
    /** Written: {@link #START} or {@link #STOP}. Read: {@link #STOPPED} and so on. */
    CONTROL,
    /** Protection domain: only keys of the same one can be used. */
    DOMAIN,
    /** Address of the ring of work requests. */
    SEND_BASE,
    /** Address of the ring of completions. */
    COMPLETION_BASE,
    /** Entries of both rings. */
    ENTRIES,
    /** Work requests ever written (doorbell). */
    SEND_TAIL;

    public static final long STOP = 0;
    public static final long START = 1;

    public static final long STOPPED = 0;
    public static final long RUNNING = 1;

    /** A message has failed; every other one is flushed. */
    public static final long ERROR = 2;

    /** Takes nothing new, and accesses of memory are under way. */
    public static final long STOPPING = 3;

    private static final int OFFSET = 0xA000;
    private static final int BLOCK = 0x40;

    public int offset(int queue) {
        return OFFSET + queue * BLOCK + ordinal() * Long.BYTES;
    }

    /** Number of the queue of an offset; negative for other registers. */
    public static int queue(long offset) {
        return (int) Math.floorDiv(offset - OFFSET, BLOCK);
    }

    /** The register at an offset, or null. */
    public static MessageRegister at(long offset) {
        long index = Math.floorMod(offset - OFFSET, BLOCK) / Long.BYTES;
        boolean there = offset >= OFFSET && index < values().length && offset % Long.BYTES == 0;
        return there ? values()[(int) index] : null;
    }
}
