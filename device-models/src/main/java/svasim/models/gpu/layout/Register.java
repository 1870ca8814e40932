package svasim.models.gpu.layout;

/**
 * Where what lies in the BARs: registers of 8 bytes in {@link #BAR}, one doorbell of 8 bytes for
 * each queue in {@link #DOORBELLS}.
 */
public final class Register {
    public static final int BAR = 0;
    public static final int BAR_BYTES = 4096;
    public static final int DOORBELLS = 2;
    public static final int DOORBELL_BYTES = 4096;

    /** Number of the queue that the following registers mean. */
    public static final int QUEUE = 0x00;

    /** Virtual address of its ring of packets. */
    public static final int RING_BASE = 0x08;

    /** Packets of the ring, a power of two. */
    public static final int RING_SIZE = 0x10;

    /** Virtual address where the device tells how many packets it has taken. */
    public static final int READ_POINTER = 0x18;

    /** PASID of the queue, {@link #NO_PASID} without. */
    public static final int PASID = 0x20;

    /** A command for the queue; see the constants below. */
    public static final int COMMAND = 0x28;

    /** Interrupts: address and data of the message. */
    public static final int MESSAGE_ADDRESS = 0x38;

    public static final int MESSAGE_DATA = 0x40;

    /** Ring of interrupt entries: address in the device's own space, and entries. */
    public static final int INTERRUPT_BASE = 0x48;

    public static final int INTERRUPT_SIZE = 0x50;

    /** Entries that hardware has written, and that software has read. */
    public static final int INTERRUPT_WRITE = 0x58;

    public static final int INTERRUPT_READ = 0x60;

    /** Virtual address and bytes of the room for states of the queue's wavefronts. */
    public static final int SAVE_AREA = 0x68;

    public static final int SAVE_BYTES = 0x70;

    /** State of queue 0, {@link #BUSY} or {@link #IDLE}; those of the others follow. */
    public static final int STATUS = 0x800;

    /** Lets the queue be run. */
    public static final long MAP_QUEUE = 1;

    /** Takes the queue off the hardware, as the configuration says. */
    public static final long UNMAP_QUEUE = 2;

    /** Takes it off and throws its wavefronts away. */
    public static final long RESET_QUEUE = 3;

    /** Takes it off as the configuration says, with all it has to do. */
    public static final long EVICT_QUEUE = 4;

    /** Has a queue go on that was evicted. */
    public static final long RESTORE_QUEUE = 5;

    public static final long IDLE = 0;
    public static final long BUSY = 1;
    public static final long NO_PASID = -1;

    private Register() {}
}
