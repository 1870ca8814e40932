package svasim.iommu.core;

import java.util.ArrayDeque;
import java.util.Deque;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Tlp;
import svasim.units.Picoseconds;

/** Sends an IOMMU's own TLPs, in order; what finds no credit waits and is offered again. */
public final class DownstreamPort implements EventHandler {
    private static final long RETRY_PS = 10 * Picoseconds.PER_NANOSECOND;
    private static final int RETRY = 0;

    private final Kernel kernel;
    private final Deque<Tlp> waiting = new ArrayDeque<>();
    private TlpSink sink = (tlp, nowPs) -> true;
    private int agentId;

    public DownstreamPort(Kernel kernel) {
        this.kernel = kernel;
    }

    /** As {@link svasim.pcie.fabric.TranslationAgent#connect}. */
    public void connect(TlpSink downstream, int ownId) {
        sink = downstream;
        agentId = ownId;
    }

    /** Requester ID that the unit sends with. */
    public int agentId() {
        return agentId;
    }

    public void send(Tlp tlp) {
        if (!waiting.isEmpty() || !sink.offer(tlp, kernel.nowPs())) {
            if (waiting.isEmpty()) {
                kernel.after(RETRY_PS, this, RETRY, 0);
            }
            waiting.add(tlp);
        }
    }

    /** TLPs that wait for credit. */
    public int waiting() {
        return waiting.size();
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        while (!waiting.isEmpty() && sink.offer(waiting.peek(), nowPs)) {
            waiting.remove();
        }
        if (!waiting.isEmpty()) {
            kernel.after(RETRY_PS, this, RETRY, 0);
        }
    }
}
