package svasim.iommu.smmuv3;

import svasim.iommu.core.GrantedEntry;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;

/** How ATS translation requests are answered (3.9.1). */
final class TranslationRequests {
    private final Control control;
    private final Events events;

    TranslationRequests(Control control, Events events) {
        this.control = control;
        this.events = events;
    }

    /** Status of the completion; records what has to be recorded. */
    CompletionStatus status(Transaction transaction) {
        Fault fault = transaction.fault();
        if (fault == null || fault.event().configurable()) {
            return CompletionStatus.SUCCESS;
        }
        if (fault.event() == Event.F_BAD_ATS_TREQ || control.recordsForAts(fault.event())) {
            events.record(transaction);
        }
        return fault.event().configuration()
                ? CompletionStatus.COMPLETER_ABORT
                : CompletionStatus.UNSUPPORTED_REQUEST;
    }

    /** Entry of the completion for a request that is answered with success; 0 for no access. */
    static long entry(Transaction transaction) {
        if (transaction.fault() != null) {
            return 0;
        }
        int granted = transaction.permissions();
        if (!mayWrite(transaction)) {
            granted &= ~Access.WRITE;
        }
        return GrantedEntry.of(transaction, transaction.output(), transaction.pageShift(), granted);
    }

    /** A request that will not write leaves the dirty state alone, so that it has to be set. */
    private static boolean mayWrite(Transaction transaction) {
        return transaction.wants(Access.WRITE) || transaction.dirtyKnown();
    }
}
