package svasim.pcie.endpoint;

import java.util.List;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * Accesses that wait for a translation: which request serves whom, and what an answer means to each
 * (PCI Express Base 5.0, 10.2.3; table of statuses after the SMMUv3 and RISC-V specifications).
 */
final class Translations {
    private final Wiring wiring;
    private final Capabilities capabilities;
    private final Accesses accesses;
    private final OpenTags tags;
    private final Translator translator;
    private final Course course;

    /** Only with the erratum: answers stand in it, and invalidations pass them. */
    private final CompletionQueue late;

    private final long latePs;

    Translations(
            Wiring wiring, Accesses accesses, OpenTags tags, Translator translator, Course course) {
        this.wiring = wiring;
        this.capabilities = wiring.capabilities();
        this.accesses = accesses;
        this.tags = tags;
        this.translator = translator;
        this.course = course;
        this.late = new CompletionQueue(wiring.kernel(), this::taken);
        this.latePs = wiring.config().ats().lateAnswers().value();
    }

    /** Takes a completion of a Translation Request. */
    void completed(Tlp.Completion completion) {
        if (latePs == 0) {
            taken(completion);
        } else {
            late.add(completion, wiring.kernel().nowPs() + latePs);
        }
    }

    /** No answer to a request is to be had any more, or none that is to be believed. */
    void givenUp(int tag, DmaStatus status) {
        tags.release(tag);
        translator.ended(tag);
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).waitsForTranslation(tag)) {
                course.end(active.get(i), status);
            }
        }
        tags.freed();
    }

    /** Answers that nobody waits for are kept under another PASID than was asked with. */
    void reassign(PasidPrefix from, int to) {
        for (int tag = 0; tag < tags.tags().count(); tag++) {
            if (tags.tags().isInUse(tag) && translator.isFor(tag, from) && !isAwaited(tag)) {
                translator.reassign(tag, to);
            }
        }
    }

    private boolean isAwaited(int tag) {
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).waitsForTranslation(tag)) {
                return true;
            }
        }
        return false;
    }

    void reset() {
        late.reset();
    }

    private void taken(Tlp.Completion completion) {
        int tag = completion.tag();
        if (!tags.isInUse(tag)) {
            return;
        }
        TranslationAnswer answer = translator.answer(completion);
        if (answer == null) {
            return;
        }
        boolean stale = translator.discards(tag, answer);
        CompletionStatus status = completion.status();
        if (status == CompletionStatus.SUCCESS && !stale) {
            translator.fill(tag, answer, stream(tag));
        }
        tags.release(tag);
        translator.ended(tag);
        if (status == CompletionStatus.UNSUPPORTED_REQUEST) {
            capabilities.translationRefused();
        }
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            Access access = active.get(i);
            if (access.waitsForTranslation(tag)) {
                if (status != CompletionStatus.SUCCESS || answer.size() == 0) {
                    failed(access, status);
                } else if (stale) {
                    course.translate(access);
                } else {
                    answered(access, tag, answer.entryFor(access.page()));
                }
            }
        }
        tags.freed();
    }

    private void failed(Access access, CompletionStatus status) {
        boolean unsupported = status == CompletionStatus.UNSUPPORTED_REQUEST;
        course.end(access, unsupported ? DmaStatus.UNSUPPORTED_REQUEST : DmaStatus.COMPLETER_ABORT);
    }

    /** A page that was asked for ahead may have got no entry: it has to be asked for itself. */
    private void answered(Access access, int tag, long entry) {
        if (entry == TranslationAnswer.NO_ENTRY && access.page() != translator.page(tag)) {
            course.translate(access);
        } else if (access.permittedBy(entry)) {
            course.issue(access, entry);
        } else if (access.request.onFault() == OnFault.BLOCK && capabilities.requestsPages()) {
            course.askForPage(access);
        } else {
            course.end(access, DmaStatus.NO_TRANSLATION);
        }
    }

    /** Stream of the first access that waits for the translation. */
    private int stream(int tag) {
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).waitsForTranslation(tag)) {
                return active.get(i).request.stream();
            }
        }
        return 0;
    }
}
