package svasim.pcie.endpoint;

import svasim.pcie.tlp.CompletionStatus;

/** How an access of a device to memory ended. */
public enum DmaStatus {
    /** Data was read, or written and pushed ahead of everything posted that follows. */
    OK,
    /** The translation agent grants no sufficient access, and no page request was made. */
    NO_TRANSLATION,
    /** A page request was answered with Invalid Request. */
    INVALID_REQUEST,
    /** A page request was answered with Response Failure, or the interface has stopped. */
    RESPONSE_FAILURE,
    /** Completed with status UR, or the function must not send such a request at all. */
    UNSUPPORTED_REQUEST,
    /** Completed with status CA. */
    COMPLETER_ABORT,
    /** No completion came in time. */
    TIMEOUT,
    /** Completed with data that is known to be wrong. */
    POISONED,
    /** Given up by {@link Dma#discard} or by a reset of the function. */
    DISCARDED;

    /** What the status of a completion means to the access. */
    static DmaStatus of(CompletionStatus status) {
        return switch (status) {
            case SUCCESS -> OK;
            case COMPLETER_ABORT -> COMPLETER_ABORT;
            case UNSUPPORTED_REQUEST, REQUEST_RETRY -> UNSUPPORTED_REQUEST;
        };
    }
}
