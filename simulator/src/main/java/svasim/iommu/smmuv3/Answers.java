package svasim.iommu.smmuv3;

import svasim.iommu.core.RequestTrace;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationReplies;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** Hands results to those who asked, and tells the trace. */
final class Answers {
    private final Terminations terminations;
    private final TranslationRequests requests;
    private final TranslationReplies replies;
    private final RequestTrace trace;

    Answers(
            Control control,
            Events events,
            StalledTransactions stalled,
            TranslationReplies replies,
            Surroundings around) {
        this.terminations = new Terminations(control, events, stalled);
        this.requests = new TranslationRequests(control, events);
        this.replies = replies;
        this.trace = new RequestTrace(around);
    }

    void memoryRequest(Transaction transaction) {
        tell(transaction);
        if (transaction.fault() == null) {
            transaction.reply().translated(transaction.token(), transaction.output());
        } else {
            terminations.terminate(transaction);
        }
    }

    private void tell(Transaction transaction) {
        Fault fault = transaction.fault();
        if (fault == null) {
            trace.translated(transaction, transaction.output());
        } else {
            trace.faulted(transaction, fault.event().code());
        }
    }

    void translationRequest(Transaction transaction) {
        tell(transaction);
        CompletionStatus status = requests.status(transaction);
        Tlp.TranslationRequest request = (Tlp.TranslationRequest) transaction.tlp();
        replies.answer(
                request, transaction.address(), status, TranslationRequests.entry(transaction));
    }
}
