package svasim.models.zip.layout;

/**
 * A command to the queue manager, 16 bytes at {@link Registers#MAILBOX}: command word, number of
 * the queue, and the address of the context in memory. Software stores the upper half first; the
 * store of the lower half gives the command.
 *
 * @param command one of the constants
 * @param queue number of the queue pair
 * @param address of a {@link QueueContext}, where the command takes one
 */
public record Mailbox(int command, int queue, long address) {
    /** The context of a submission queue; the queue takes work from then on. */
    public static final int SQC = 0x0;

    /** The context of a completion queue. */
    public static final int CQC = 0x1;

    /** Ends a queue pair when it has finished what was submitted. */
    public static final int STOP_QP = 0x8;

    /** Set by software with the command, cleared by hardware when it is carried out. */
    public static final int BUSY = 1 << 13;

    /** Not zero: the command has failed. */
    public static final int STATUS_SHIFT = 9;

    public static final int STATUS_MASK = 0xF << STATUS_SHIFT;

    private static final int COMMAND_MASK = 0xFF;
    private static final long LOW_WORD = 0xFFFF_FFFFL;

    /** Bytes 0 to 7, as little-endian number. */
    public long low() {
        return command | BUSY | (long) queue << 16 | (address & LOW_WORD) << 32;
    }

    /** Bytes 8 to 15. */
    public long high() {
        return address >>> 32;
    }

    public static Mailbox of(long low, long high) {
        return new Mailbox(
                (int) low & COMMAND_MASK,
                (int) (low >>> 16) & 0xFFFF,
                low >>> 32 | (high & LOW_WORD) << 32);
    }
}
