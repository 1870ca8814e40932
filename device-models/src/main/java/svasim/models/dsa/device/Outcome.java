package svasim.models.dsa.device;

import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Status;
import svasim.pcie.endpoint.DmaStatus;

/**
 * How a descriptor ended.
 *
 * @param record what software is told; null if it was aborted
 */
record Outcome(CompletionRecord record) {
    /** Thrown away by a command or a reset: nothing is told. */
    static final Outcome ABORTED = new Outcome(null);

    static Outcome of(CompletionRecord record) {
        return new Outcome(record);
    }

    static Outcome of(Status status) {
        return new Outcome(CompletionRecord.of(status));
    }

    boolean isAborted() {
        return record == null;
    }

    /** For reports. */
    String text() {
        return isAborted() ? "aborted" : record.status().text();
    }

    /** Status of a descriptor one of whose accesses failed like this. */
    static Status statusOf(DmaStatus status) {
        return switch (status) {
            case OK, DISCARDED -> throw new IllegalArgumentException(status.name());
            case NO_TRANSLATION -> Status.PAGE_FAULT;
            case INVALID_REQUEST, RESPONSE_FAILURE -> Status.INVALID_ADDRESS;
            case UNSUPPORTED_REQUEST, COMPLETER_ABORT -> Status.TRANSLATION_ERROR;
            case TIMEOUT -> Status.HARDWARE_TIMEOUT;
            case POISONED -> Status.HARDWARE_ERROR;
        };
    }
}
