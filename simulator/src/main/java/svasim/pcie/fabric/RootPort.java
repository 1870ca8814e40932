package svasim.pcie.fabric;

import java.util.ArrayDeque;
import svasim.pcie.link.Link;
import svasim.pcie.link.LinkParts;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpSize;
import svasim.trace.Kind;

/**
 * A port of the root complex with the link below it, or the place of an integrated endpoint. Takes
 * packets up into the root complex and down to the functions attached.
 */
public final class RootPort implements Port {
    /** What all ports of a root complex share for accesses of the cores to devices. */
    record Downstream(MmioSpace mmio, DeferrableWrites writes) {}

    /** Packets that wait above the link before reads are no longer taken in. */
    private static final int BACKLOG = 64;

    private static final int REGISTER_BYTES = 8;

    private final String name;
    private final RootPortConfig config;
    private final Host host;
    private final int lane;
    private final MmioSpace mmio;
    private final DeferrableWrites writes;
    private final Ingress ingress;
    private final Link link;
    private final Attached below = new Attached();
    private final ArrayDeque<Tlp> outbox = new ArrayDeque<>();

    RootPort(
            String name, RootPortConfig config, Downstream downstream, Ingress ingress, Host host) {
        this.name = name;
        this.config = config;
        this.host = host;
        this.mmio = downstream.mmio();
        this.writes = downstream.writes();
        this.ingress = ingress;
        this.lane = host.trace().lane(name + ".down");
        Link.User above = new Link.User(this::receiveFromBelow, this::sendOutbox);
        Link.User lower = new Link.User(this::receiveBelow, below::linkReady);
        this.link = new Link(parts(host), config.link(), name, new Link.Users(above, lower));
    }

    private static LinkParts parts(Host host) {
        return new LinkParts(host.kernel(), host.trace(), host.statistics());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean supportsPrefixes() {
        return config.integrated() || config.prefixes();
    }

    @Override
    public String sharedBelow() {
        return config.integrated() || config.acs() ? null : name;
    }

    @Override
    public boolean integrated() {
        return config.integrated();
    }

    @Override
    public void attach(LinkDevice device) {
        below.add(device);
        if (device.forwards()) {
            link.lower().forwards();
        }
    }

    @Override
    public TlpSink upstream() {
        return link.lower();
    }

    @Override
    public void retryDownstream(long nowPs) {
        link.lower().retry(nowPs);
    }

    @Override
    public long allocateMmio(long bytes) {
        return mmio.allocate(bytes);
    }

    @Override
    public int maxPayloadBytes() {
        return (int) config.link().maxPayload().bytes();
    }

    @Override
    public void surpriseDown(long nowPs) {
        link.down(nowPs);
        lose(nowPs);
        below.removed(nowPs);
    }

    @Override
    public void hotReset(long nowPs) {
        link.retrain(nowPs);
        lose(nowPs);
        below.hotReset(nowPs);
    }

    /** Whether what is below can be reached. */
    boolean isLinkUp() {
        return link.isUp();
    }

    /** What was on its way down never arrives; who waits for an answer gets none. */
    private void lose(long nowPs) {
        outbox.clear();
        writes.abandon(this);
        retryUpstream(nowPs);
    }

    /** Sends a packet down, however long it has to wait. */
    void send(Tlp tlp, long nowPs) {
        outbox.add(tlp);
        sendOutbox(nowPs);
    }

    /** Whether so much waits to go down that no further read should be taken in. */
    boolean backlogged() {
        return outbox.size() >= BACKLOG;
    }

    /** The root complex, which has refused a packet, has room again. */
    void retryUpstream(long nowPs) {
        link.upper().retry(nowPs);
    }

    /** A core reads a register of a device, pushing everything posted ahead. */
    long readRegister(long address, int bytes, long nowPs) {
        if (!link.isUp()) {
            return RootComplex.allOnes(bytes);
        }
        link.pushDown(nowPs);
        while (!outbox.isEmpty()) {
            int before = outbox.size();
            offerOutbox(nowPs);
            link.pushDown(nowPs);
            if (outbox.size() == before) {
                break;
            }
        }
        return below.claiming(address).readRegister(address, bytes, nowPs);
    }

    /** Time that a read of a register takes on idle links. */
    long readRoundTripPs(long address) {
        int request = TlpSize.OVERHEAD_BYTES + 16;
        int completion = TlpSize.OVERHEAD_BYTES + 12 + REGISTER_BYTES;
        return link.upper().idlePs(request)
                + link.lower().idlePs(completion)
                + below.claiming(address).extraRoundTripPs(address);
    }

    /** Whether a BAR of a device below covers the physical address. */
    boolean claims(long address) {
        return below.claiming(address) != null;
    }

    LinkDevice device(int requesterId) {
        return below.function(requesterId);
    }

    /** Largest payload that a function below takes, in bytes. */
    int maxPayloadBytes(int requesterId) {
        LinkDevice device = device(requesterId);
        return device == null
                ? maxPayloadBytes()
                : Math.min(maxPayloadBytes(), device.maxPayloadBytes());
    }

    /** A function has answered something that the host asked it. */
    void completed(Tlp.Completion completion) {
        if (!writes.completed(completion)) {
            drop(completion, DropReason.UNEXPECTED);
        }
    }

    void drop(Tlp tlp, DropReason reason) {
        host.trace().tell(Kind.TLP_DROPPED, lane, reason.ordinal(), 0, 0, tlp);
    }

    private void sendOutbox(long nowPs) {
        boolean wasBacklogged = backlogged();
        offerOutbox(nowPs);
        if (wasBacklogged && !backlogged()) {
            retryUpstream(nowPs);
        }
    }

    /** A packet is taken out before it is offered: the link may call back when it has taken it. */
    private void offerOutbox(long nowPs) {
        for (Tlp tlp = outbox.poll(); tlp != null; tlp = outbox.poll()) {
            if (!link.upper().offer(tlp, nowPs)) {
                outbox.addFirst(tlp);
                return;
            }
        }
    }

    private boolean receiveFromBelow(Tlp tlp, long nowPs) {
        if (tlp.pasid() != null && !supportsPrefixes()) {
            drop(tlp, DropReason.PREFIX_NOT_SUPPORTED);
            return true;
        }
        return ingress.offer(tlp, nowPs);
    }

    private boolean receiveBelow(Tlp tlp, long nowPs) {
        LinkDevice device = below.target(tlp);
        if (device == null) {
            drop(tlp, DropReason.UNROUTABLE);
            return true;
        }
        return device.offer(tlp, nowPs);
    }
}
