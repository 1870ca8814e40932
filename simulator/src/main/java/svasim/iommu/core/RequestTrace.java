package svasim.iommu.core;

import svasim.trace.Kind;
import svasim.trace.Trace;

/** Tells the trace what becomes of memory requests. */
public final class RequestTrace {
    private final Trace trace;
    private final int lane;

    public RequestTrace(Surroundings around) {
        this.trace = around.trace();
        this.lane = around.lane();
    }

    /** A request has entered the unit. */
    public void started(Inquiry request) {
        tell(Kind.TRANSLATION_STARTED, request, request.requesterId());
    }

    /** The caches do not have what the request asks for. */
    void missed(Inquiry request) {
        tell(Kind.TRANSLATION_MISSED, request, request.requesterId());
    }

    public void translated(Inquiry request, long output) {
        tell(Kind.TRANSLATED, request, output);
    }

    /**
     * @param code the unit's own fault code
     */
    public void faulted(Inquiry request, int code) {
        tell(Kind.TRANSLATION_FAULTED, request, code);
    }

    private void tell(Kind kind, Inquiry request, long result) {
        trace.tell(kind, lane, request.pasid(), request.address(), result, request.tlp());
    }
}
