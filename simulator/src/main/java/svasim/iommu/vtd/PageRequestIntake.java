package svasim.iommu.vtd;

import java.util.ArrayDeque;
import java.util.Deque;
import svasim.iommu.core.DownstreamPort;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.PageGroupResponses;
import svasim.iommu.core.PageRequestBacklog;
import svasim.iommu.core.QueueView;
import svasim.iommu.core.Surroundings;
import svasim.kernel.EventHandler;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * Takes page requests one after the other, in the order of arrival: looks up whether the device may
 * ask, answers by itself what does not reach the queue, and writes the rest to the queue (reference
 * vtd.md, 7.2).
 */
final class PageRequestIntake implements EventHandler {
    private final PageRequestQueue queue;
    private final FaultReporter faults;
    private final PageGroupResponses responses;
    private final Surroundings around;
    private final Runnable progress;

    private final Deque<Tlp.PageRequest> waiting = new ArrayDeque<>();
    private InquiryPipeline<VtdInquiry> pipeline;
    private Invalidator invalidator;
    private long lookupPs;
    private boolean busy;
    private long received;
    private long settled;

    /**
     * @param progress called after each request, for waits that drain page requests
     */
    PageRequestIntake(
            PageRequestQueue queue,
            FaultReporter faults,
            DownstreamPort port,
            Surroundings around,
            Runnable progress) {
        this.queue = queue;
        this.faults = faults;
        this.responses = new PageGroupResponses(port, around);
        this.around = around;
        this.progress = progress;
    }

    /** Connects what comes after it. */
    void connect(InquiryPipeline<VtdInquiry> lookups, Invalidator ownCaches, long perLookupPs) {
        pipeline = lookups;
        invalidator = ownCaches;
        lookupPs = perLookupPs;
    }

    void take(Tlp.PageRequest request) {
        received++;
        waiting.add(request);
        startNext();
    }

    /** Requests that have arrived so far; for {@link #settled}. */
    long received() {
        return received;
    }

    QueueView view() {
        return queue.view();
    }

    PageRequestBacklog backlog() {
        return queue.backlog();
    }

    /** Whether so many requests have been queued or answered. */
    boolean settled(long number) {
        return settled >= number;
    }

    /** The look-up for the first request is over. */
    void answered(VtdInquiry inquiry) {
        Tlp.PageRequest request = waiting.peek();
        if (inquiry.off()) {
            answer(request, Tlp.PageGroupResponse.INVALID_REQUEST);
            settle();
        } else if (inquiry.fault() != null) {
            refuse(inquiry, request);
        } else if (queue.overflowed()) {
            queue.lost(request);
            answer(request, Tlp.PageGroupResponse.SUCCESS);
            settle();
        } else if (queue.full()) {
            queue.overflow();
            queue.lost(request);
            answer(request, Tlp.PageGroupResponse.SUCCESS);
            settle();
        } else {
            invalidator.pageOf(inquiry);
            write();
        }
    }

    private void refuse(VtdInquiry inquiry, Tlp.PageRequest request) {
        faults.report(inquiry);
        answer(request, Tlp.PageGroupResponse.INVALID_REQUEST);
        settle();
    }

    private void write() {
        long doneAtPs =
                around.timing()
                        .dramDonePs(
                                around.kernel().nowPs(),
                                queue.nextAddress(),
                                PageRequestEntry.BYTES);
        around.kernel().at(doneAtPs, this, 0, 0);
    }

    /** The entry has reached memory. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        queue.append(waiting.peek());
        settle();
    }

    private void settle() {
        waiting.remove();
        settled++;
        busy = false;
        progress.run();
        startNext();
    }

    private void startNext() {
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        VtdInquiry inquiry = pipeline.open();
        inquiry.ask(waiting.peek());
        pipeline.submit(inquiry, lookupPs);
    }

    /** The unit's own answer: once for each group, and none to a Stop Marker. */
    private void answer(Tlp.PageRequest request, int code) {
        if (request.last() && !request.stopMarker()) {
            respond(request.requesterId(), request.prgIndex(), code, request.pasid());
        }
    }

    /** Sends a PRG Response. */
    void respond(int requesterId, int prgIndex, int code, PasidPrefix pasid) {
        responses.send(requesterId, prgIndex, code, pasid);
    }
}
