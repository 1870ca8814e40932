package svasim.models.zip.layout;

/** How an entry ended: the low byte of word 3 of {@link Sqe}. */
public enum Status {
    SUCCESS(0x00, "success"),
    /** The result does not fit into its destination ("negative compression"). */
    NO_ROOM(0x0D, "negative compression"),
    /** Decompression has met the end of the stream. */
    STREAM_END(0x13, "end of stream"),
    /** What was to be decompressed is no stream of the format; the code is assumed. */
    BAD_STREAM(0x21, "bad stream"),
    /** The format or the length is not supported; the code is assumed. */
    BAD_ENTRY(0x22, "bad entry"),
    /** The bus has answered an access with an error; the code is assumed. */
    BUS_ERROR(0x23, "bus error");

    private static final int MASK = 0xFF;

    private final int code;
    private final String text;

    Status(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /** For reports. */
    public String text() {
        return text;
    }

    /** Whether all was done. */
    public boolean isGood() {
        return this == SUCCESS || this == STREAM_END;
    }

    static Status of(int word) {
        for (Status status : values()) {
            if (status.code == (word & MASK)) {
                return status;
            }
        }
        return BAD_ENTRY;
    }
}
