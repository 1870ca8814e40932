package svasim.models.nic.rdma.layout;

/** Registers that the card has once, 8 bytes each, in their order. */
public enum CardRegister {
    /** Address of the event queue. */
    EVENT_BASE,
    EVENT_ENTRIES,
    /** Message that goes with each event. */
    MESSAGE_ADDRESS,
    MESSAGE_DATA,
    /** Address of the ring of commands. */
    COMMAND_BASE,
    COMMAND_ENTRIES,
    /** Commands ever written (doorbell). */
    COMMAND_TAIL,
    /** Commands ever done; all ones while there is no ring. Read only. */
    COMMAND_DONE;

    private static final int OFFSET = 0x8000;

    public int offset() {
        return OFFSET + ordinal() * Long.BYTES;
    }

    /** The register at an offset, or null. */
    public static CardRegister at(long offset) {
        long index = (offset - OFFSET) / Long.BYTES;
        boolean there = offset >= OFFSET && index < values().length && offset % Long.BYTES == 0;
        return there ? values()[(int) index] : null;
    }
}
