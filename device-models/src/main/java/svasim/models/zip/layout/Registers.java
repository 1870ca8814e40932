package svasim.models.zip.layout;

/** Where what lies in the queue manager's BAR. */
public final class Registers {
    /** The only base address register that the model has; the number is that of the real device. */
    public static final int BAR = 2;

    public static final int BAR_BYTES = 0x4000;

    /** {@link Mailbox}, lower half; the upper half follows. */
    public static final int MAILBOX = 0x300;

    public static final int MAILBOX_HIGH = 0x308;

    /** Page of the {@link Doorbell} of all queues, which programs map. */
    public static final int DOORBELL = 0x1000;

    public static final int PAGE_BYTES = 4096;

    private Registers() {}
}
