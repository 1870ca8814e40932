package svasim.iommu.amdvi;

import svasim.iommu.core.GrantedEntry;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationReplies;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;
import svasim.trace.Kind;

/** Hands results to those who asked, and records faults (6). */
final class Answers {
    /** U of a host leaf: devices may use the page untranslated only. */
    private static final long UNTRANSLATED = 1L << 59;

    private final Events events;
    private final TranslationReplies replies;
    private final Surroundings around;

    Answers(Events events, TranslationReplies replies, Surroundings around) {
        this.events = events;
        this.replies = replies;
        this.around = around;
    }

    void memoryRequest(Translation request) {
        tell(request);
        if (request.result().fault() == null) {
            request.reply().translated(request.token(), request.result().output());
            return;
        }
        if (request.result().fault().event() != Event.IO_PAGE_FAULT
                || request.device().reportsFault()) {
            events.record(EventRecord.of(request));
        }
        request.reply().refused(request.token(), status(request.result().fault()));
    }

    /** A page fault is answered with "no access"; nothing is recorded, as for ATS forbidden. */
    void translationRequest(Translation request) {
        tell(request);
        Fault fault = request.result().fault();
        CompletionStatus status = CompletionStatus.SUCCESS;
        if (fault != null && fault.event() != Event.IO_PAGE_FAULT) {
            status = status(fault);
            if (fault.event() != Event.INVALID_DEVICE_REQUEST) {
                events.record(EventRecord.of(request));
            }
        }
        long entry = fault == null ? entry(request) : 0;
        replies.answer((Tlp.TranslationRequest) request.tlp(), request.address(), status, entry);
    }

    /** Structures that are illegal or cannot be read abort; the rest is an unsupported request. */
    private static CompletionStatus status(Fault fault) {
        return switch (fault.event()) {
            case IO_PAGE_FAULT, INVALID_DEVICE_REQUEST -> CompletionStatus.UNSUPPORTED_REQUEST;
            default -> CompletionStatus.COMPLETER_ABORT;
        };
    }

    /** A request that will not write leaves the dirty bit alone, so that it has to be set. */
    private static long entry(Translation request) {
        Result result = request.result();
        boolean mayWrite = request.wants(Access.WRITE) || result.dirtyKnown();
        int granted = result.permissions() & ~(mayWrite ? 0 : Access.WRITE);
        long entry = GrantedEntry.of(request, result.output(), result.pageShift(), granted);
        boolean untranslated = request.hostLeaf() && (result.leaf() & UNTRANSLATED) != 0;
        return entry != 0 && untranslated ? entry | TranslationEntry.UNTRANSLATED_ONLY : entry;
    }

    private void tell(Translation request) {
        Fault fault = request.result().fault();
        around.trace()
                .tell(
                        fault == null ? Kind.TRANSLATED : Kind.TRANSLATION_FAULTED,
                        around.lane(),
                        request.pasid(),
                        request.address(),
                        fault == null ? request.result().output() : fault.event().code(),
                        request.tlp());
    }
}
