package svasim.pcie.fabric;

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

/** A downstream port of a switch, and the link below it. */
public final class SwitchPort implements Port, PortLink.Owner {
    private static final int REGISTER_BYTES = 8;
    private static final int DEVICE_SHIFT = 3;

    private final String name;
    private final SwitchPortConfig config;
    private final Switch owner;
    private final Host host;
    private final int number;
    private final PortLink wires;
    private final Link link;
    private final Egress down;
    private final LowerEnd below;
    private final DownstreamBridge bridge;

    SwitchPort(String name, SwitchPortConfig config, Switch owner, Host host) {
        this.name = name;
        this.config = config;
        this.owner = owner;
        this.host = host;
        this.number = owner.nextPort();
        bridge = new DownstreamBridge(settings(config), owner::allocateMmio);
        wires = new PortLink(this, config.link(), bridge, host);
        link = wires.link();
        below = wires.below();
        link.upper().forwards();
        bridge.header().onReset(() -> hotReset(host.kernel().nowPs()));
        down = new Egress(host.kernel(), owner.config(), link.upper(), owner::roomAgain);
    }

    private static DownstreamBridge.Settings settings(SwitchPortConfig config) {
        return new DownstreamBridge.Settings(
                PortExpressCapability.Type.DOWNSTREAM_PORT,
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
        return config.prefixes() && owner.letsPrefixesUp();
    }

    @Override
    public String sharedBelow() {
        String above = owner.sharedAbove();
        if (above != null) {
            return above;
        }
        return bridge.access().isolates() ? null : owner.name();
    }

    @Override
    public boolean integrated() {
        return false;
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
        return bridge.allocate(bytes);
    }

    @Override
    public int maxPayloadBytes() {
        int own = (int) config.link().maxPayload().bytes();
        return Math.min(own, owner.maxPayloadBytes());
    }

    @Override
    public void surpriseDown(long nowPs) {
        wires.surpriseDown(nowPs);
    }

    @Override
    public void hotReset(long nowPs) {
        wires.hotReset(nowPs);
    }

    /** The switch that the port belongs to is gone, and so is everything below. */
    void removed(long nowPs) {
        bridge.configuration().reachable(false);
        link.down(nowPs);
        below.attached().removed(nowPs);
    }

    @Override
    public int requesterId() {
        return bridge.header().primary() << Byte.SIZE | number << DEVICE_SHIFT;
    }

    @Override
    public boolean leadsToId(int id) {
        return bridge.header().covers(id >>> Byte.SIZE);
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
        return owner::report;
    }

    @Override
    public boolean forwardsAri() {
        return bridge.express().forwardsAri();
    }

    @Override
    public ConfigurationSpace configuration() {
        return bridge.configuration();
    }

    /** Header of the port, for firmware. */
    public BridgeHeader header() {
        return bridge.header();
    }

    /** Requests to a peer must not go straight from here; for firmware. */
    public void controlEgress(int peer) {
        bridge.control(peer);
    }

    /** What is attached at the other end. */
    Attached below() {
        return below.attached();
    }

    Egress down() {
        return down;
    }

    AccessControl access() {
        return bridge.access();
    }

    /** Whether the packet goes to something behind the port. */
    boolean leadsTo(Tlp tlp) {
        return bridge.leadsTo(tlp);
    }

    /** Whether the packet has a PASID and must not leave here. */
    boolean blocks(Tlp tlp) {
        return bridge.blocks(tlp);
    }

    /** There is room behind what has refused a packet from below. */
    void retryUpstream(long nowPs) {
        link.upper().retry(nowPs);
    }

    /** A read of the host goes down here: everything posted before it arrives first. */
    long readRegister(long address, int bytes, long nowPs) {
        if (!link.isUp()) {
            return RootComplex.allOnes(bytes);
        }
        int before;
        do {
            before = down.size();
            down.push(nowPs);
            link.pushDown(nowPs);
        } while (down.size() < before);
        return below.attached().claiming(address).readRegister(address, bytes, nowPs);
    }

    /** Time that a read of a register takes from the switch on, there and back, when idle. */
    long roundTripPs(long address) {
        int request = TlpSize.OVERHEAD_BYTES + 16;
        int completion = TlpSize.OVERHEAD_BYTES + 12 + REGISTER_BYTES;
        return link.upper().idlePs(request)
                + link.lower().idlePs(completion)
                + below.attached().claiming(address).extraRoundTripPs(address);
    }

    @Override
    public void drop(Tlp tlp, DropReason reason) {
        wires.drop(tlp, reason);
    }

    @Override
    public void answer(Tlp request, CompletionStatus status, long nowPs) {
        down.add(LowerEnd.refusal(request, owner.requesterId(), status), nowPs);
    }

    void tellSentToPeer(Tlp tlp, long address) {
        int pasid = PasidPrefix.number(tlp.pasid());
        host.trace().tell(Kind.SENT_TO_PEER, wires.lane(), pasid, address, tlp.senderId(), tlp);
    }

    @Override
    public boolean receiveFromBelow(Tlp tlp, long nowPs) {
        if (tlp.pasid() != null && !config.prefixes()) {
            drop(tlp, DropReason.PREFIX_NOT_SUPPORTED);
            return true;
        }
        return owner.fromBelow(this, tlp, nowPs);
    }

    @Override
    public void linkReady(long nowPs) {
        down.send(nowPs);
    }

    /** Whether a request that is refused is to be told so. */
    static boolean wantsAnswer(Tlp tlp) {
        return tlp.flowClass() == FlowClass.NON_POSTED;
    }
}
