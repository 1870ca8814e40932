package svasim.iommu.vtd;

import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.RequestKind;
import svasim.iommu.core.RequestTrace;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationReplies;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** Gives answers to requesters: replies to memory requests, completions of Translation Requests. */
final class Responder implements InquiryPipeline.Answers<VtdInquiry> {
    private final FaultReporter faults;
    private final PageRequestIntake pageRequests;
    private final TranslationReplies completions;
    private final RequestTrace trace;

    Responder(
            FaultReporter faults,
            PageRequestIntake pageRequests,
            TranslationReplies completions,
            Surroundings around) {
        this.faults = faults;
        this.pageRequests = pageRequests;
        this.completions = completions;
        trace = new RequestTrace(around);
    }

    @Override
    public void answered(VtdInquiry inquiry, long nowPs) {
        tell(inquiry);
        switch (inquiry.kind()) {
            case UNTRANSLATED, TRANSLATED -> reply(inquiry);
            case TRANSLATION_REQUEST -> complete(inquiry);
            case PAGE_REQUEST -> pageRequests.answered(inquiry);
        }
    }

    private void tell(VtdInquiry inquiry) {
        if (inquiry.fault() != null) {
            trace.faulted(inquiry, inquiry.fault().code());
        } else if (inquiry.kind() != RequestKind.PAGE_REQUEST) {
            trace.translated(inquiry, inquiry.output());
        }
    }

    private void reply(VtdInquiry inquiry) {
        if (inquiry.fault() == null) {
            inquiry.reply().translated(inquiry.token(), inquiry.output());
            return;
        }
        faults.report(inquiry);
        boolean abort =
                inquiry.kind() == RequestKind.TRANSLATED
                        && inquiry.fault().toTranslated() == Answer.COMPLETER_ABORT;
        inquiry.reply()
                .refused(
                        inquiry.token(),
                        abort
                                ? CompletionStatus.COMPLETER_ABORT
                                : CompletionStatus.UNSUPPORTED_REQUEST);
    }

    private void complete(VtdInquiry inquiry) {
        if (inquiry.off()) {
            send(inquiry, CompletionStatus.UNSUPPORTED_REQUEST);
            return;
        }
        if (inquiry.fault() == null) {
            send(inquiry, entry(inquiry));
            return;
        }
        Answer answer = inquiry.fault().toTranslationRequest();
        if (answer != Answer.NO_ACCESS) {
            faults.report(inquiry);
        }
        switch (answer) {
            case UNSUPPORTED_REQUEST -> send(inquiry, CompletionStatus.UNSUPPORTED_REQUEST);
            case COMPLETER_ABORT -> send(inquiry, CompletionStatus.COMPLETER_ABORT);
            default -> send(inquiry, 0);
        }
    }

    private static long entry(VtdInquiry inquiry) {
        int permissions = inquiry.permissions();
        if ((permissions & (Access.READ | Access.WRITE)) == 0) {
            return 0;
        }
        return TranslationEntry.range(inquiry.output(), inquiry.pageShift())
                | ((permissions & Access.READ) != 0 ? TranslationEntry.READ : 0)
                | ((permissions & Access.WRITE) != 0 ? TranslationEntry.WRITE : 0)
                | (executes(permissions) ? TranslationEntry.EXECUTE : 0)
                | (inquiry.untranslatedOnly() ? TranslationEntry.UNTRANSLATED_ONLY : 0)
                | (inquiry.privileged() ? TranslationEntry.PRIVILEGED : 0);
    }

    /** Exe stands only beside R. */
    private static boolean executes(int permissions) {
        int both = Access.READ | Access.EXECUTE;
        return (permissions & both) == both;
    }

    private void send(VtdInquiry inquiry, long entry) {
        send(inquiry, CompletionStatus.SUCCESS, entry);
    }

    private void send(VtdInquiry inquiry, CompletionStatus status) {
        send(inquiry, status, 0);
    }

    private void send(VtdInquiry inquiry, CompletionStatus status, long entry) {
        completions.answer(
                (Tlp.TranslationRequest) inquiry.tlp(), inquiry.address(), status, entry);
    }
}
