package svasim.iommu.vtd;

import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.RequestKind;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationReplies;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;
import svasim.trace.Kind;

/** Gives answers to requesters: replies to memory requests, completions of Translation Requests. */
final class Responder implements InquiryPipeline.Answers<VtdInquiry> {
    private final FaultRecords records;
    private final PageRequestIntake pageRequests;
    private final TranslationReplies completions;
    private final Surroundings around;

    Responder(
            FaultRecords records,
            PageRequestIntake pageRequests,
            TranslationReplies completions,
            Surroundings around) {
        this.records = records;
        this.pageRequests = pageRequests;
        this.completions = completions;
        this.around = around;
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
            around.trace()
                    .tell(
                            Kind.TRANSLATION_FAULTED,
                            around.lane(),
                            inquiry.pasid(),
                            inquiry.address(),
                            inquiry.fault().code(),
                            inquiry.tlp());
        } else if (inquiry.kind() != RequestKind.PAGE_REQUEST) {
            around.trace()
                    .tell(
                            Kind.TRANSLATED,
                            around.lane(),
                            inquiry.pasid(),
                            inquiry.address(),
                            inquiry.output(),
                            inquiry.tlp());
        }
    }

    private void reply(VtdInquiry inquiry) {
        if (inquiry.fault() == null) {
            inquiry.reply().translated(inquiry.token(), inquiry.output());
            return;
        }
        record(inquiry);
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
            record(inquiry);
        }
        switch (answer) {
            case UNSUPPORTED_REQUEST -> send(inquiry, CompletionStatus.UNSUPPORTED_REQUEST);
            case COMPLETER_ABORT -> send(inquiry, CompletionStatus.COMPLETER_ABORT);
            default -> send(inquiry, 0);
        }
    }

    private void record(VtdInquiry inquiry) {
        if (!inquiry.suppressed()) {
            records.record(inquiry.fault(), inquiry);
        }
    }

    private static long entry(VtdInquiry inquiry) {
        int permissions = inquiry.permissions();
        if (permissions == 0) {
            return 0;
        }
        return TranslationEntry.range(inquiry.output(), inquiry.pageShift())
                | ((permissions & Access.READ) != 0 ? TranslationEntry.READ : 0)
                | ((permissions & Access.WRITE) != 0 ? TranslationEntry.WRITE : 0)
                | (inquiry.untranslatedOnly() ? TranslationEntry.UNTRANSLATED_ONLY : 0)
                | (inquiry.privileged() ? TranslationEntry.PRIVILEGED : 0);
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

    /** The request that a TLP makes, for the trace. */
    void started(Tlp tlp, long address) {
        around.trace()
                .tell(
                        Kind.TRANSLATION_STARTED,
                        around.lane(),
                        PasidPrefix.number(tlp.pasid()),
                        address,
                        tlp.senderId(),
                        tlp);
    }
}
