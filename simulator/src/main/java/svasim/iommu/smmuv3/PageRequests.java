package svasim.iommu.smmuv3;

import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.PageGroupResponses;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * Page requests and their queue (8.1, 8.2): what cannot be queued is answered by the unit itself.
 * Of requests that are refused, only the last of a group is answered.
 */
final class PageRequests {
    private final Control control;
    private final OutputQueue queue;
    private final Interrupts interrupts;
    private final PageGroupResponses responses;
    private final InquiryPipeline<Transaction> pipeline;
    private final Surroundings around;
    private final boolean prefixAlways;
    private final Counter queued;
    private final Counter lost;

    PageRequests(
            Features features,
            Control control,
            OutputQueue queue,
            Interrupts interrupts,
            PageGroupResponses responses,
            InquiryPipeline<Transaction> pipeline,
            Surroundings around) {
        this.control = control;
        this.queue = queue;
        this.interrupts = interrupts;
        this.responses = responses;
        this.pipeline = pipeline;
        this.around = around;
        this.prefixAlways = features.has(IdField.PPS);
        String name = around.name() + ".priq.";
        queued = around.statistics().counter(name + "queued", "page requests written");
        lost = around.statistics().counter(name + "lost", "page requests without room");
    }

    /** A page request arrives. */
    void arrive(Tlp.PageRequest request) {
        boolean on = (control.cr0Ack() & Cr0.PRIQEN) != 0 && control.enabled();
        if (!on || queue.broken()) {
            lost.increment();
            respond(request, Tlp.PageGroupResponse.RESPONSE_FAILURE, null);
        } else if (queue.full() || queue.overflowPending()) {
            queue.overflow();
            lost.increment();
            interruptForLast(request);
            answerOverflow(request);
        } else {
            write(request);
        }
    }

    private void write(Tlp.PageRequest request) {
        boolean wasEmpty = queue.empty();
        if (!queue.write(PriEntry.word0(request), PriEntry.word1(request))) {
            lost.increment();
            respond(request, Tlp.PageGroupResponse.RESPONSE_FAILURE, null);
            return;
        }
        queued.increment();
        around.trace()
                .tell(
                        Kind.PAGE_REQUEST_QUEUED,
                        around.lane(),
                        PasidPrefix.number(request.pasid()),
                        request.pageAddress(),
                        request.prgIndex(),
                        request);
        if (!interruptForLast(request) && wasEmpty) {
            interrupts.raise(Interrupt.PRIQ);
        }
    }

    /** With LO, each last request interrupts, and nothing else does. */
    private boolean interruptForLast(Tlp.PageRequest request) {
        boolean each = interrupts.registers(Interrupt.PRIQ).forEachLast();
        if (each && request.last()) {
            interrupts.raise(Interrupt.PRIQ);
        }
        return each;
    }

    private void answerOverflow(Tlp.PageRequest request) {
        if (!answerable(request)) {
            return;
        }
        if (request.pasid() == null || prefixAlways) {
            respond(request, Tlp.PageGroupResponse.SUCCESS, request.pasid());
            return;
        }
        Transaction transaction = pipeline.open();
        transaction.ask(request);
        pipeline.submit(transaction, 0);
    }

    /** The stream of a request that was lost to overflow is known: STE.PPAR decides. */
    void streamKnown(Transaction transaction) {
        Tlp.PageRequest request = (Tlp.PageRequest) transaction.tlp();
        Stream stream = transaction.stream();
        if (transaction.fault() != null || stream == null || stream.entry().aborts()) {
            respond(request, Tlp.PageGroupResponse.RESPONSE_FAILURE, null);
        } else {
            boolean prefix = stream.entry().pasidOnAutomaticAnswers();
            respond(request, Tlp.PageGroupResponse.SUCCESS, prefix ? request.pasid() : null);
        }
    }

    private static boolean answerable(Tlp.PageRequest request) {
        return request.last() && !request.stopMarker();
    }

    private void respond(Tlp.PageRequest request, int code, PasidPrefix prefix) {
        if (answerable(request)) {
            PasidPrefix plain = prefix == null ? null : new PasidPrefix(prefix.pasid());
            responses.send(request.requesterId(), request.prgIndex(), code, plain);
        }
    }
}
