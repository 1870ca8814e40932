package svasim.iommu.smmuv3;

import svasim.iommu.core.Surroundings;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.TranslationEntry;
import svasim.trace.Kind;

/** How ATS translation requests are answered (3.9.1). */
final class TranslationRequests {
    private final Control control;
    private final Events events;
    private final Surroundings around;

    TranslationRequests(Control control, Events events, Surroundings around) {
        this.control = control;
        this.events = events;
        this.around = around;
    }

    /** Status of the completion; records what has to be recorded. */
    CompletionStatus status(Transaction transaction) {
        Fault fault = transaction.fault();
        if (fault == null || fault.event().configurable()) {
            return CompletionStatus.SUCCESS;
        }
        around.trace()
                .tell(
                        Kind.TRANSLATION_FAULTED,
                        around.lane(),
                        transaction.pasid(),
                        transaction.address(),
                        fault.event().code(),
                        transaction.tlp());
        if (recorded(fault.event())) {
            events.record(fault, transaction.requesterId(), transaction.pasid());
        }
        return fault.event().configuration()
                ? CompletionStatus.COMPLETER_ABORT
                : CompletionStatus.UNSUPPORTED_REQUEST;
    }

    private boolean recorded(Event event) {
        return switch (event) {
            case NONE -> false;
            case F_BAD_ATS_TREQ -> true;
            case C_BAD_STREAMID -> control.recordsAtsErrors() && control.recordsInvalidStreams();
            default -> control.recordsAtsErrors();
        };
    }

    /** Entry of the completion for a request that is answered with success; 0 for no access. */
    static long entry(Transaction transaction) {
        if (transaction.fault() != null) {
            return 0;
        }
        int granted = transaction.permissions();
        long bits = 0;
        if ((granted & Access.READ) != 0) {
            bits |= TranslationEntry.READ;
        }
        if ((granted & Access.WRITE) != 0 && mayWrite(transaction)) {
            bits |= TranslationEntry.WRITE;
        }
        if (bits == 0) {
            return 0;
        }
        return bits
                | attributes(transaction, granted)
                | TranslationEntry.range(transaction.output(), transaction.pageShift());
    }

    /** A request that will not write leaves the dirty state alone, so that it has to be set. */
    private static boolean mayWrite(Transaction transaction) {
        return transaction.wants(Access.WRITE) || transaction.dirtyKnown();
    }

    /** Execute only if asked for and readable too; the privilege is that of the request. */
    private static long attributes(Transaction transaction, int granted) {
        int readAndExecute = Access.READ | Access.EXECUTE;
        boolean execute =
                transaction.wants(Access.EXECUTE) && (granted & readAndExecute) == readAndExecute;
        boolean privileged = transaction.wants(Access.PRIVILEGED);
        return (execute ? TranslationEntry.EXECUTE : 0)
                | (privileged ? TranslationEntry.PRIVILEGED : 0);
    }
}
