package svasim.iommu.amdvi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.PageGroupResponses;
import svasim.iommu.core.PageRequestBacklog;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * Takes page requests one after the other, in the order of arrival (7): looks up whether the device
 * may ask, refuses it or writes the request to the PPR log, and sends the answers.
 */
final class PageRequests {
    private static final int GROUP_BITS = 9;

    private final Control control;
    private final PprLog log;
    private final Events events;
    private final PageGroupResponses responses;
    private final Runnable progress;
    private final Deque<Tlp.PageRequest> waiting = new ArrayDeque<>();

    /** Groups whose answers carry no PASID, because the device's entry says so (GPRP). */
    private final Set<Integer> withoutPasid = new HashSet<>();

    private InquiryPipeline<Translation> pipeline;
    private long lookupPs;
    private boolean busy;
    private long received;
    private long settled;

    /**
     * @param progress called after each request, for waits that drain page requests
     */
    PageRequests(
            Control control,
            PprLog log,
            Events events,
            PageGroupResponses responses,
            Runnable progress) {
        this.control = control;
        this.log = log;
        this.events = events;
        this.responses = responses;
        this.progress = progress;
    }

    /** Connects what looks up devices. */
    void connect(InquiryPipeline<Translation> lookups, long perLookupPs) {
        pipeline = lookups;
        lookupPs = perLookupPs;
    }

    void arrive(Tlp.PageRequest request) {
        received++;
        waiting.add(request);
        startNext();
    }

    /** Requests that have arrived so far; for {@link #settled}. */
    long received() {
        return received;
    }

    /** Whether so many requests have been logged, answered or lost. */
    boolean settled(long number) {
        return settled >= number;
    }

    private void startNext() {
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        Translation inquiry = pipeline.open();
        inquiry.ask(waiting.peek());
        pipeline.submit(inquiry, lookupPs);
    }

    /** The look-up for the first request is over. */
    void answered(Translation inquiry) {
        take(waiting.remove(), inquiry);
        settled++;
        busy = false;
        progress.run();
        startNext();
    }

    private void take(Tlp.PageRequest request, Translation inquiry) {
        if (!control.pageRequests() || !control.pprLogEnabled()) {
            refuse(request);
        } else if (inquiry.result().fault() != null) {
            events.record(EventRecord.of(inquiry));
            refuse(request);
        } else if (!accepts(inquiry.device().entry())) {
            events.record(EventRecord.ofPageRequest(request));
            refuse(request);
        } else if (!request.stopMarker() || !control.hidesStopMarkers()) {
            log(request, inquiry.device().entry());
        }
    }

    private static boolean accepts(DeviceTableEntry entry) {
        return entry.valid() && entry.translationValid() && entry.pageRequests();
    }

    private void log(Tlp.PageRequest request, DeviceTableEntry entry) {
        if (!entry.pasidOnResponses()) {
            withoutPasid.add(group(request.requesterId(), request.prgIndex()));
        }
        boolean logged = !control.answersAlways() && log.append(request);
        if (!logged && control.answersOverflow() && answerable(request)) {
            AutoResponse automatic = log.automatic();
            PasidPrefix prefix = automatic.withoutPasid() ? null : request.pasid();
            send(request.requesterId(), request.prgIndex(), automatic.code(), prefix);
        }
    }

    private void refuse(Tlp.PageRequest request) {
        if (answerable(request)) {
            int invalid = Tlp.PageGroupResponse.INVALID_REQUEST;
            send(request.requesterId(), request.prgIndex(), invalid, request.pasid());
        }
    }

    /** The unit answers once for each group, and never a Stop Marker. */
    private static boolean answerable(Tlp.PageRequest request) {
        return request.last() && !request.stopMarker();
    }

    PageRequestBacklog backlog() {
        return log.backlog();
    }

    /** COMPLETE_PPR_REQUEST. */
    void complete(Command command) {
        int code =
                switch (command.responseStatus()) {
                    case Tlp.PageGroupResponse.SUCCESS -> Tlp.PageGroupResponse.SUCCESS;
                    case Tlp.PageGroupResponse.INVALID_REQUEST ->
                            Tlp.PageGroupResponse.INVALID_REQUEST;
                    default -> Tlp.PageGroupResponse.RESPONSE_FAILURE;
                };
        send(command.deviceId(), command.groupIndex(), code, command.responsePasid());
    }

    private void send(int requesterId, int prgIndex, int code, PasidPrefix prefix) {
        boolean plain = withoutPasid.remove(group(requesterId, prgIndex));
        PasidPrefix own = prefix == null || plain ? null : new PasidPrefix(prefix.pasid());
        responses.send(requesterId, prgIndex, code, own);
    }

    private static int group(int requesterId, int prgIndex) {
        return requesterId << GROUP_BITS | prgIndex;
    }
}
