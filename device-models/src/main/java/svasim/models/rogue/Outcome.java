package svasim.models.rogue;

import svasim.pcie.tlp.CompletionStatus;

/** What an attack has come to, as far as the function can know. */
enum Outcome {
    /** Data came back. */
    DATA("data", true),
    /** Packets that have no answer are on their way. */
    SENT("sent", true),
    UNSUPPORTED_REQUEST("unsupported request", false),
    COMPLETER_ABORT("completer abort", false),
    /** No answer came. */
    SILENCE("no answer", false),
    /** There is nothing to attack: no page like that, no translation kept. */
    NOTHING_FOUND("nothing found", false),
    /** The attacker's own buffer cannot be reached. */
    OWN_BUFFER("own buffer not reached", false);

    private static final Outcome[] ALL = values();

    private final String words;
    private final boolean good;

    Outcome(String words, boolean good) {
        this.words = words;
        this.good = good;
    }

    static Outcome of(CompletionStatus status) {
        return switch (status) {
            case SUCCESS -> DATA;
            case COMPLETER_ABORT -> COMPLETER_ABORT;
            case UNSUPPORTED_REQUEST, REQUEST_RETRY -> UNSUPPORTED_REQUEST;
        };
    }

    /** Of a value of the status register that is not {@link Register#BUSY}. */
    static Outcome of(long register) {
        return ALL[(int) register - 1];
    }

    long register() {
        return ordinal() + 1;
    }

    String words() {
        return words;
    }

    /** Whether the function was not refused. */
    boolean good() {
        return good;
    }
}
