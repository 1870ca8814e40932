package svasim.iommu.smmuv3;

import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.PageGroupResponses;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * Answers that the unit gives by itself to page requests which it does not queue (8.1). Of requests
 * that are refused, only the last of a group is answered.
 */
final class PageRequestAnswers {
    private final Control control;
    private final Events events;
    private final PageGroupResponses responses;
    private final InquiryPipeline<Transaction> pipeline;
    private final boolean prefixAlways;

    PageRequestAnswers(
            Features features,
            Control control,
            Events events,
            PageGroupResponses responses,
            InquiryPipeline<Transaction> pipeline) {
        this.control = control;
        this.events = events;
        this.responses = responses;
        this.pipeline = pipeline;
        this.prefixAlways = features.has(IdField.PPS);
    }

    /** There is no queue that takes the request. */
    void fail(Tlp.PageRequest request) {
        respond(request, Tlp.PageGroupResponse.RESPONSE_FAILURE, null);
    }

    /** The queue has no room; whether the answer has a prefix may depend on the stream. */
    void overflow(Tlp.PageRequest request) {
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
        Fault fault = transaction.fault();
        if (fault != null && control.recordsForAts(fault.event())) {
            events.record(transaction);
        }
        if (fault != null || stream == null || stream.entry().aborts()) {
            fail(request);
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
