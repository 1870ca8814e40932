package svasim.models.dsa.layout;

/** Commands of the CMD register. */
public enum Command {
    ENABLE_DEVICE(0x1),
    DISABLE_DEVICE(0x2),
    DRAIN_ALL(0x3),
    ABORT_ALL(0x4),
    RESET_DEVICE(0x5),
    ENABLE_WQ(0x6),
    DISABLE_WQ(0x7),
    DRAIN_WQ(0x8),
    ABORT_WQ(0x9),
    RESET_WQ(0xa),
    DRAIN_PASID(0xb),
    ABORT_PASID(0xc),
    REQUEST_INTERRUPT_HANDLE(0xd),
    RELEASE_INTERRUPT_HANDLE(0xe);

    private final int code;

    Command(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The command with this code, or null. */
    public static Command of(int code) {
        for (Command command : values()) {
            if (command.code == code) {
                return command;
            }
        }
        return null;
    }

    /** CMDCAP: one bit for each supported command. */
    public static long capability() {
        long bits = 0;
        for (Command command : values()) {
            bits |= 1L << command.code;
        }
        return bits;
    }
}
