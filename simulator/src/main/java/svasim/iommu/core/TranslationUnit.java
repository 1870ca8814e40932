package svasim.iommu.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import svasim.pcie.fabric.Accesses;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Tlp;

/**
 * What every IOMMU does alike with registers and requests: it hands what comes from either side to
 * the parts that a subclass makes of its architecture.
 *
 * @param <I> the architecture's inquiry
 */
public abstract class TranslationUnit<I extends Inquiry> implements Iommu {
    private final Surroundings around;
    private final long lookupPs;
    private final DownstreamPort port;
    private final RequestTrace requestTrace;

    /**
     * @param lookupPs time to look into the caches for a request
     */
    protected TranslationUnit(Surroundings around, long lookupPs) {
        this.around = around;
        this.lookupPs = lookupPs;
        this.port = new DownstreamPort(around.kernel());
        this.requestTrace = new RequestTrace(around);
    }

    protected abstract InquiryPipeline<I> pipeline();

    protected abstract RegisterFile registers();

    /** Where the unit's own TLPs go. */
    protected final DownstreamPort port() {
        return port;
    }

    protected final RequestTrace requestTrace() {
        return requestTrace;
    }

    /** Time to look into the caches for a request, in picoseconds. */
    protected final long lookupPs() {
        return lookupPs;
    }

    @Override
    public final String name() {
        return around.name();
    }

    @Override
    public long readRegister(long offset, int bytes) {
        return registers().read(offset, bytes);
    }

    @Override
    public void writeRegister(long offset, int bytes, long value) {
        registers().write(offset, bytes, value);
    }

    @Override
    public final void connect(TlpSink downstream, int agentId) {
        port.connect(downstream, agentId);
    }

    @Override
    public final void watch(Accesses accesses) {
        pipeline().watch(accesses);
    }

    @Override
    public final void translate(Tlp.MemoryRequest request, long nowPs, long token, Reply reply) {
        I inquiry = pipeline().open();
        inquiry.ask(request, token, reply);
        requestTrace.started(inquiry);
        pipeline().submit(inquiry, lookupPs);
    }

    /** Translates a request again that was held back. */
    protected final void retry(HeldRequest held) {
        I inquiry = pipeline().open();
        held.ask(inquiry);
        pipeline().submit(inquiry, lookupPs);
    }

    /**
     * Looks up each page of a Translation Request.
     *
     * @param replies takes the answers
     * @param begun is shown what is looked up
     */
    protected final void translate(
            Tlp.TranslationRequest request, TranslationReplies replies, Consumer<I> begun) {
        int pages = replies.expect(request);
        for (int i = 0; i < pages; i++) {
            I inquiry = pipeline().open();
            inquiry.ask(request, TranslationReplies.page(request, i));
            begun.accept(inquiry);
            pipeline().submit(inquiry, lookupPs);
        }
    }

    /** Words that memory has now at an address; none if that is negative, or nothing is there. */
    protected final List<Long> words(long address, int bytes) {
        if (address < 0 || !around.memory().answers(address, bytes)) {
            return List.of();
        }
        List<Long> words = new ArrayList<>();
        for (int at = 0; at < bytes; at += Long.BYTES) {
            words.add(around.memory().readLong(address + at));
        }
        return words;
    }

    /**
     * Answers a question at once against memory.
     *
     * @param probe has no caches
     * @return the probe
     */
    protected final I inquire(I probe, int requesterId, int pasid, long iova, int access) {
        probe.ask(requesterId, pasid, iova, access);
        probe.answerAtOnce(around.memory());
        return probe;
    }
}
