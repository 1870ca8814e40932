package svasim.models.nic.layout;

/** Where what lies in the card's BAR: a block of registers for each queue pair. */
public final class Registers {
    public static final int BAR = 0;
    public static final int BAR_BYTES = 0x1_0000;

    /** Bytes of a queue pair's block. */
    private static final int BLOCK = 0x100;

    private Registers() {}

    /** Offset of a register of a queue pair. */
    public static int offset(int queue, QueueRegister register) {
        return queue * BLOCK + register.ordinal() * Long.BYTES;
    }

    /** Number of the queue pair of an offset. */
    public static int queue(long offset) {
        return (int) (offset / BLOCK);
    }

    /** The register at an offset, or null. */
    public static QueueRegister register(long offset) {
        long place = offset % BLOCK / Long.BYTES;
        QueueRegister[] all = QueueRegister.values();
        return offset % Long.BYTES == 0 && place < all.length ? all[(int) place] : null;
    }
}
