package svasim.pcie.tlp;

/** Status of a completion. */
public enum CompletionStatus {
    SUCCESS(0),
    UNSUPPORTED_REQUEST(1),
    REQUEST_RETRY(2),
    COMPLETER_ABORT(4);

    private final int code;

    CompletionStatus(int code) {
        this.code = code;
    }

    /** Three bits on the wire. */
    public int code() {
        return code;
    }

    /** Codes that are not defined count as {@link #UNSUPPORTED_REQUEST}. */
    public static CompletionStatus of(int code) {
        return switch (code) {
            case 0 -> SUCCESS;
            case 2 -> REQUEST_RETRY;
            case 4 -> COMPLETER_ABORT;
            default -> UNSUPPORTED_REQUEST;
        };
    }
}
