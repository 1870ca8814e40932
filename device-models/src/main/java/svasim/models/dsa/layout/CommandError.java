package svasim.models.dsa.layout;

/** Error byte of CMDSTS; names and codes as in Linux {@code idxd/registers.h}, from memory. */
public enum CommandError {
    NONE(0x00),
    INVALID_COMMAND(0x01),
    INVALID_QUEUE(0x02),
    HARDWARE_ERROR(0x03),
    DEVICE_ENABLED(0x10),
    QUEUE_SIZES(0x14),
    GROUP_CONFIGURATION(0x15),
    DEVICE_NOT_ENABLED(0x20),
    QUEUE_ENABLED(0x21),
    QUEUE_SIZE(0x22),
    QUEUE_PRIORITY(0x23),
    QUEUE_MODE(0x24),
    QUEUE_PASID(0x26),
    QUEUE_BATCH(0x27),
    QUEUE_TRANSFER(0x28),
    DEVICE_IS_DISABLED(0x31),
    QUEUE_NOT_ENABLED(0x32),
    INTERRUPT_INDEX(0x41),
    NO_INTERRUPT_HANDLE(0x42);

    private final int code;

    CommandError(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
