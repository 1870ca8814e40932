package svasim.models.dsa.layout;

/** WQ state of WQCFG bits 31:30 at {@link Wqcfg#STATE_OFFSET}. */
public enum QueueState {
    DISABLED(0),
    ENABLED(1),
    /** Being disabled: takes nothing, finishes what it has. */
    DRAINING(2);

    private final int code;

    QueueState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static QueueState of(int code) {
        return values()[code];
    }
}
