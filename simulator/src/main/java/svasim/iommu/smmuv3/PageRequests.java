package svasim.iommu.smmuv3;

import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * Page requests and their queue (8.1, 8.2): what cannot be queued is answered by the unit itself.
 */
final class PageRequests {
    private final Control control;
    private final OutputQueue queue;
    private final Interrupts interrupts;
    private final PageRequestAnswers answers;
    private final Surroundings around;
    private final Counter queued;
    private final Counter lost;

    PageRequests(
            Control control,
            OutputQueue queue,
            Interrupts interrupts,
            PageRequestAnswers answers,
            Surroundings around) {
        this.control = control;
        this.queue = queue;
        this.interrupts = interrupts;
        this.answers = answers;
        this.around = around;
        String name = around.name() + ".priq.";
        queued = around.statistics().counter(name + "queued", "page requests written");
        lost = around.statistics().counter(name + "lost", "page requests without room");
    }

    /** A page request arrives. */
    void arrive(Tlp.PageRequest request) {
        boolean on = (control.cr0Ack() & Cr0.PRIQEN) != 0 && control.enabled();
        if (!on || queue.broken()) {
            lost.increment();
            answers.fail(request);
        } else if (queue.full() || queue.overflowPending()) {
            queue.overflow();
            lost.increment();
            tell(Kind.PAGE_REQUEST_LOST, request);
            interruptForLast(request);
            answers.overflow(request);
        } else {
            write(request);
        }
    }

    private void write(Tlp.PageRequest request) {
        boolean wasEmpty = queue.empty();
        PriEntry entry = PriEntry.of(request);
        if (!queue.write(entry.word0(), entry.word1())) {
            lost.increment();
            answers.fail(request);
            return;
        }
        queued.increment();
        tell(Kind.PAGE_REQUEST_QUEUED, request);
        if (!interruptForLast(request) && wasEmpty) {
            interrupts.raise(Interrupt.PRIQ);
        }
    }

    private void tell(Kind kind, Tlp.PageRequest request) {
        around.trace()
                .tell(
                        kind,
                        around.lane(),
                        PasidPrefix.number(request.pasid()),
                        request.pageAddress(),
                        request.prgIndex(),
                        request);
    }

    /** With LO, each last request interrupts, and nothing else does. */
    private boolean interruptForLast(Tlp.PageRequest request) {
        boolean each = interrupts.registers(Interrupt.PRIQ).forEachLast();
        if (each && request.last()) {
            interrupts.raise(Interrupt.PRIQ);
        }
        return each;
    }
}
