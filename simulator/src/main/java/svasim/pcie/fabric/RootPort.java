package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PortExpressCapability;
import svasim.pcie.link.Link;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpSize;
import svasim.trace.Kind;

/**
 * A port of the root complex with the link below it, or the place of an integrated endpoint. Takes
 * packets up into the root complex and down to the functions attached.
 */
public final class RootPort implements Port, PortLink.Owner {
    /** What all ports of a root complex share. */
    record Inside(MmioSpace mmio, DeferrableWrites writes, PeerPorts peers) {}

    /** Packets that wait above the link before reads are no longer taken in. */
    private static final int BACKLOG = 64;

    private static final int REGISTER_BYTES = 8;
    private static final int DEVICE_SHIFT = 3;

    private final String name;
    private final RootPortConfig config;
    private final Host host;
    private final Inside inside;
    private final Ingress ingress;
    private final int number;
    private final PortLink wires;
    private final Link link;
    private final DownstreamBridge bridge;
    private final LowerEnd below;
    private final RootErrors errors;
    private final Outbox outbox;
    private final List<Runnable> waitingForRoom = new ArrayList<>();

    RootPort(String name, RootPortConfig config, Inside inside, Ingress ingress, Host host) {
        this.name = name;
        this.config = config;
        this.host = host;
        this.inside = inside;
        this.ingress = ingress;
        this.number = inside.peers().next();
        bridge = new DownstreamBridge(settings(config), inside.mmio()::allocate);
        int lane = host.trace().lane(name + ".down");
        errors = new RootErrors(bridge.rootErrors(), this::interrupt, lane, host);
        wires = new PortLink(this, config.link(), bridge, host);
        link = wires.link();
        below = wires.below();
        outbox = new Outbox(link.upper(), flow -> {});
        bridge.header().onReset(() -> hotReset(host.kernel().nowPs()));
    }

    private static DownstreamBridge.Settings settings(RootPortConfig config) {
        return new DownstreamBridge.Settings(
                PortExpressCapability.Type.ROOT_PORT,
                config.prefixes(),
                config.prefixBlocking(),
                config.ari(),
                config.accessControlRegister());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean supportsPrefixes() {
        return config.integrated() || bridge.express().supportsPrefixes();
    }

    @Override
    public String sharedBelow() {
        return config.integrated() || bridge.access().isolates() ? null : name;
    }

    @Override
    public boolean integrated() {
        return config.integrated();
    }

    @Override
    public void attach(LinkDevice device) {
        wires.attach(device);
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
        return config.integrated() ? inside.mmio().allocate(bytes) : bridge.allocate(bytes);
    }

    @Override
    public int maxPayloadBytes() {
        return (int) config.link().maxPayload().bytes();
    }

    @Override
    public void surpriseDown(long nowPs) {
        wires.surpriseDown(nowPs);
        lose(nowPs);
    }

    @Override
    public void hotReset(long nowPs) {
        wires.hotReset(nowPs);
        lose(nowPs);
    }

    @Override
    public boolean forwardsAri() {
        return bridge.express().forwardsAri();
    }

    /** Whether what is below can be reached. */
    boolean isLinkUp() {
        return link.isUp();
    }

    /** What was on its way down never arrives; who waits for an answer gets none. */
    private void lose(long nowPs) {
        outbox.clear();
        inside.writes().abandon(this);
        goOn();
        retryUpstream(nowPs);
    }

    @Override
    public int requesterId() {
        return bridge.header().primary() << Byte.SIZE | number << DEVICE_SHIFT;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public void tamper(boolean up, Tampering.Strike strike) {
        wires.tamper(up, strike);
    }

    @Override
    public ErrorReporter.Root root() {
        return errors;
    }

    private void interrupt(long nowPs) {
        wires.interrupt(nowPs);
    }

    /** An error message has come from below. */
    void errorReported(Tlp message, long nowPs) {
        errors.report(ErrorReporter.severity(message), message.senderId(), nowPs);
    }

    @Override
    public ConfigurationSpace configuration() {
        return bridge.configuration();
    }

    /** Header of the port, for firmware; means nothing for an integrated endpoint. */
    public BridgeHeader header() {
        return bridge.header();
    }

    /** Sends a packet down, however long it has to wait. */
    void send(Tlp tlp, long nowPs) {
        if (bridge.blocks(tlp)) {
            refuseToSend(tlp, nowPs);
        } else {
            outbox.add(tlp);
            sendOutbox(nowPs);
        }
    }

    /** A packet with a PASID must not leave here; its sender behind another port is told so. */
    private void refuseToSend(Tlp tlp, long nowPs) {
        drop(tlp, DropReason.PREFIX_BLOCKED);
        if (tlp.flowClass() == FlowClass.NON_POSTED) {
            inside.peers()
                    .leadingTo(tlp.senderId())
                    .answer(tlp, CompletionStatus.UNSUPPORTED_REQUEST, nowPs);
        }
    }

    /** Whether so much waits to go down that no further read should be taken in. */
    boolean backlogged() {
        return outbox.size() >= BACKLOG;
    }

    /** Runs an action as soon as the port is no longer backlogged; at once if it is not. */
    void whenRoom(Runnable action) {
        if (backlogged()) {
            waitingForRoom.add(action);
        } else {
            action.run();
        }
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
        while (outbox.size() > 0) {
            int before = outbox.size();
            outbox.send(nowPs);
            link.pushDown(nowPs);
            if (outbox.size() == before) {
                break;
            }
        }
        return below.attached().claiming(address).readRegister(address, bytes, nowPs);
    }

    /** Time that a read of a register takes on idle links. */
    long readRoundTripPs(long address) {
        int request = TlpSize.OVERHEAD_BYTES + 16;
        int completion = TlpSize.OVERHEAD_BYTES + 12 + REGISTER_BYTES;
        return link.upper().idlePs(request)
                + link.lower().idlePs(completion)
                + below.attached().claiming(address).extraRoundTripPs(address);
    }

    /** Whether a BAR of a device below covers the physical address. */
    boolean claims(long address) {
        return below.attached().claiming(address) != null;
    }

    /** Whether packets to a physical address go down here. */
    boolean leadsToAddress(long address) {
        return config.integrated() ? claims(address) : bridge.header().claims(address);
    }

    @Override
    public boolean leadsToId(int id) {
        return config.integrated() ? device(id) != null : bridge.header().covers(id >>> Byte.SIZE);
    }

    LinkDevice device(int requesterId) {
        return below.attached().function(requesterId);
    }

    /** Largest payload that a function below takes, in bytes. */
    int maxPayloadBytes(int requesterId) {
        LinkDevice device = device(requesterId);
        return device == null
                ? maxPayloadBytes()
                : Math.min(maxPayloadBytes(), device.maxPayloadBytes());
    }

    /** The way of a request from below whose address lies behind a port of the root complex. */
    AccessControl.Way way(Tlp.MemoryRequest request, RootPort peer) {
        if (config.integrated()) {
            return AccessControl.Way.UP;
        }
        if (peer == this) {
            return bridge.access().forwardsBack()
                    ? AccessControl.Way.UP
                    : AccessControl.Way.NOWHERE;
        }
        return bridge.access().way(request, inside.peers().number(peer));
    }

    /** Requests to a peer must not go straight from here; for firmware. */
    public void controlEgress(int peer) {
        bridge.control(peer);
    }

    /** A function has answered something that the host asked it. */
    void completed(Tlp.Completion completion) {
        if (!inside.writes().completed(completion)) {
            drop(completion, DropReason.UNEXPECTED);
        }
    }

    @Override
    public void drop(Tlp tlp, DropReason reason) {
        wires.drop(tlp, reason);
    }

    @Override
    public void answer(Tlp request, CompletionStatus status, long nowPs) {
        send(LowerEnd.refusal(request, inside.peers().completerId(), status), nowPs);
    }

    /** A request from below goes to a peer, past the IOMMU. */
    void tellSentToPeer(Tlp.MemoryRequest request) {
        int pasid = PasidPrefix.number(request.pasid());
        host.trace()
                .tell(
                        Kind.SENT_TO_PEER,
                        wires.lane(),
                        pasid,
                        request.address(),
                        request.senderId(),
                        request);
    }

    private void sendOutbox(long nowPs) {
        boolean wasBacklogged = backlogged();
        if (outbox.send(nowPs) && wasBacklogged && !backlogged()) {
            goOn();
            retryUpstream(nowPs);
        }
    }

    /** There is room: those who waited for it go on, until there is none again. */
    private void goOn() {
        List<Runnable> actions = List.copyOf(waitingForRoom);
        waitingForRoom.clear();
        actions.forEach(this::whenRoom);
    }

    @Override
    public void linkReady(long nowPs) {
        sendOutbox(nowPs);
    }

    @Override
    public boolean receiveFromBelow(Tlp tlp, long nowPs) {
        if (tlp.pasid() != null && !supportsPrefixes()) {
            drop(tlp, DropReason.PREFIX_NOT_SUPPORTED);
            return true;
        }
        if (!config.integrated() && bridge.access().violates(tlp)) {
            refuse(tlp, nowPs);
            return true;
        }
        return ingress.offer(tlp, nowPs);
    }

    /** An access control violation. */
    private void refuse(Tlp tlp, long nowPs) {
        drop(tlp, DropReason.ACCESS_CONTROL);
        if (tlp.flowClass() == FlowClass.NON_POSTED) {
            answer(tlp, CompletionStatus.COMPLETER_ABORT, nowPs);
        }
    }
}
