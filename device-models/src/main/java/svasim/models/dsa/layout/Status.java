package svasim.models.dsa.layout;

/** Codes of bits 6:0 of the completion record's status byte, and of SWERR. */
public enum Status {
    NONE(0x00, "not complete"),
    SUCCESS(0x01, "success"),
    RESULT_MISMATCH(0x02, "success, result not as expected"),
    PAGE_FAULT(0x03, "page fault, partly done"),
    INVALID_ADDRESS(0x04, "page request refused"),
    BATCH_INCOMPLETE(0x05, "batch: not every descriptor succeeded"),
    BATCH_LIST_FAULT(0x06, "batch: page fault in the list"),
    DELTA_ORDER(0x07, "offsets of the delta record do not rise"),
    DELTA_OFFSET(0x08, "offset of the delta record behind the destination"),
    DIF_ERROR(0x09, "data integrity field is wrong"),
    UNSUPPORTED_OPCODE(0x10, "unsupported operation"),
    INVALID_FLAGS(0x11, "invalid flags"),
    RESERVED_NOT_ZERO(0x12, "reserved field not zero"),
    TRANSFER_SIZE(0x13, "transfer size out of range"),
    DESCRIPTOR_COUNT(0x14, "descriptor count out of range"),
    DELTA_SIZE(0x15, "size of the delta record is not valid"),
    OVERLAP(0x16, "buffers overlap"),
    DUALCAST_ALIGNMENT(0x17, "dualcast destinations differ in bits 11:0"),
    LIST_MISALIGNED(0x18, "descriptor list is not aligned"),
    INVALID_INTERRUPT_HANDLE(0x19, "invalid interrupt handle"),
    RECORD_NOT_TRANSLATED(0x1a, "completion record address not translated"),
    RECORD_MISALIGNED(0x1b, "completion record address misaligned"),
    ADDRESS_MISALIGNED(0x1c, "address misaligned"),
    PRIVILEGE_ERROR(0x1d, "privileged descriptor in a queue without privilege"),
    READ_BACK_FAULT(0x1f, "page fault on read-back address"),
    HARDWARE_ERROR(0x20, "hardware error"),
    HARDWARE_TIMEOUT(0x21, "time-out of an access"),
    TRANSLATION_ERROR(0x22, "address translation error"),
    DRAIN_LOGGED(0x26, "drain: records before it are in the event log"),
    BATCH_LOGGED(0x27, "batch: records of members are in the event log");

    /** Bit 7 of the status byte: the access that faulted was a write. */
    public static final int WRITE_FAULT = 0x80;

    private static final int CODE_MASK = 0x7f;

    private final int code;
    private final String text;

    Status(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /** The meaning, as a reader of reports sees it. */
    public String text() {
        return text;
    }

    /**
     * The status with the code of a status byte; bit 7 is not looked at.
     *
     * @throws IllegalArgumentException for a code that the model never writes
     */
    public static Status of(int statusByte) {
        for (Status status : values()) {
            if (status.code == (statusByte & CODE_MASK)) {
                return status;
            }
        }
        throw new IllegalArgumentException("status 0x" + Integer.toHexString(statusByte));
    }
}
