package svasim.pcie.fabric;

import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * The lower end of a link: gives each packet to the function that it is for. What no function here
 * is for is an Unsupported Request, which the end answers itself.
 */
final class LowerEnd implements Tampering.Consequences {
    private static final byte[] NO_DATA = new byte[0];

    private final Host host;
    private final int lane;
    private final Attached attached = new Attached();
    private Outbox answers;

    LowerEnd(Host host, int lane) {
        this.host = host;
        this.lane = lane;
    }

    /** Where answers go; once. */
    void connect(TlpSink up) {
        answers = new Outbox(up, flow -> {});
    }

    /** What is attached. */
    Attached attached() {
        return attached;
    }

    boolean receive(Tlp tlp, long nowPs) {
        LinkDevice device = attached.target(tlp);
        if (device != null) {
            return device.offer(tlp, nowPs);
        }
        drop(tlp, DropReason.UNROUTABLE);
        if (tlp.flowClass() == FlowClass.NON_POSTED) {
            answer(tlp, CompletionStatus.UNSUPPORTED_REQUEST, nowPs);
        }
        return true;
    }

    @Override
    public void drop(Tlp tlp, DropReason reason) {
        host.trace().tell(Kind.TLP_DROPPED, lane, reason.ordinal(), 0, 0, tlp);
        if (reason.error() != null) {
            attached.found(reason.error(), tlp);
        }
    }

    @Override
    public void answer(Tlp request, CompletionStatus status, long nowPs) {
        answers.add(refusal(request, attached.completerId(), status));
        answers.send(nowPs);
    }

    /** The link has gone down: answers that wait never leave. */
    void lose() {
        answers.clear();
    }

    void linkReady(long nowPs) {
        answers.send(nowPs);
        attached.linkReady(nowPs);
    }

    /** The completion of a request that is not carried out. */
    static Tlp refusal(Tlp request, int completerId, CompletionStatus status) {
        boolean read = request instanceof Tlp.MemoryRead;
        int bytes = read ? Math.max(1, ((Tlp.MemoryRead) request).bytes()) : Integer.BYTES;
        int lower = read ? (int) ((Tlp.MemoryRead) request).address() & 0x7F : 0;
        Attributes attributes = request.attributes().ofAnswer();
        return new Tlp.Completion(
                completerId,
                request.senderId(),
                request.tag(),
                status,
                bytes,
                lower,
                NO_DATA,
                attributes);
    }
}
