package svasim.pcie.fabric;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ErrorReporting;
import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.PcieError;
import svasim.pcie.config.PortExpressCapability;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * A switch: routes by address, by ID and towards the root complex, between any of its ports. Each
 * packet takes the hop time; who has no room at one port holds nobody up at another.
 */
public final class Switch implements LinkDevice {
    private final String name;
    private final SwitchConfig config;
    private final Port above;
    private final int requesterId;
    private final Egress up;
    private final Map<String, SwitchPort> byName = new TreeMap<>();
    private final List<SwitchPort> ports;
    private final Claims<SwitchPort> claims;
    private final ConfigurationSpace configuration = new ConfigurationSpace();
    private final BridgeHeader header = new BridgeHeader(configuration);
    private final PortExpressCapability express;
    private final BridgeWindow window;
    private final ErrorReporter errors;

    /**
     * Attaches a switch below a port.
     *
     * @param requesterId of its port towards the root complex
     */
    public Switch(String name, int requesterId, SwitchConfig config, Port above, Host host) {
        this.name = name;
        this.requesterId = requesterId;
        this.config = config;
        this.above = above;
        window = new BridgeWindow(header, above::allocateMmio);
        express =
                new PortExpressCapability(
                        configuration,
                        PortExpressCapability.Type.UPSTREAM_PORT,
                        config.prefixes(),
                        config.prefixBlocking() ? PortExpressCapability.PREFIX_BLOCKING : 0);
        ErrorReporter.Finder finder =
                new ErrorReporter.Finder(name, () -> requesterId, host.trace().lane(name));
        errors =
                new ErrorReporter(finder, ErrorReporting.ofPort(configuration), host, this::report);
        up = new Egress(host.kernel(), config, above.upstream(), this::roomAgain);
        config.ports()
                .forEach(
                        (port, its) ->
                                byName.put(
                                        port, new SwitchPort(name + "." + port, its, this, host)));
        ports = List.copyOf(byName.values());
        claims = new Claims<>(ports, (port, address) -> port.below().claiming(address) != null);
        above.attach(this);
    }

    /** A downstream port by its name within the switch; null if there is none. */
    public SwitchPort port(String portName) {
        return byName.get(portName);
    }

    /** Header of the port towards the root complex, for firmware. */
    public BridgeHeader header() {
        return header;
    }

    /** Number of the port that is made next. */
    int nextPort() {
        return byName.size();
    }

    /** Tells the root port of an error of one of the ports. */
    void report(ErrorSeverity severity, int finder, long nowPs) {
        up.add(ErrorReporter.message(severity, finder), nowPs);
    }

    @Override
    public void found(PcieError error, Tlp tlp) {
        errors.found(error, tlp);
    }

    SwitchConfig config() {
        return config;
    }

    boolean letsPrefixesUp() {
        return express.supportsPrefixes() && !express.blocksPrefixes() && above.supportsPrefixes();
    }

    String sharedAbove() {
        return above.sharedBelow();
    }

    long allocateMmio(long bytes) {
        return window.allocate(bytes);
    }

    /** A packet has come in at a downstream port. */
    boolean fromBelow(SwitchPort from, Tlp tlp, long nowPs) {
        AccessControl access = from.access();
        if (access.violates(tlp)) {
            refuse(from, tlp, DropReason.ACCESS_CONTROL, nowPs);
            return true;
        }
        SwitchPort peer = leadingTo(tlp);
        AccessControl.Way way = way(from, peer, tlp);
        if (way == AccessControl.Way.NOWHERE) {
            refuse(
                    from,
                    tlp,
                    peer == from ? DropReason.UNROUTABLE : DropReason.ACCESS_CONTROL,
                    nowPs);
            return true;
        }
        boolean goesUp = way == AccessControl.Way.UP;
        if (tlp.pasid() != null && (goesUp ? express.blocksPrefixes() : peer.blocks(tlp))) {
            refuse(from, tlp, DropReason.PREFIX_BLOCKED, nowPs);
            return true;
        }
        return goesUp ? up.offer(tlp, nowPs) : toPeer(peer, tlp, nowPs);
    }

    /** What is for the side that it comes from goes up or nowhere, never back by itself. */
    private AccessControl.Way way(SwitchPort from, SwitchPort peer, Tlp tlp) {
        if (peer == null) {
            return AccessControl.Way.UP;
        }
        if (peer == from) {
            return from.access().forwardsBack() ? AccessControl.Way.UP : AccessControl.Way.NOWHERE;
        }
        return from.access().way(tlp, ports.indexOf(peer));
    }

    private boolean toPeer(SwitchPort peer, Tlp tlp, long nowPs) {
        if (!peer.down().offer(tlp, nowPs)) {
            return false;
        }
        if (tlp instanceof Tlp.TranslationRequest request) {
            peer.tellSentToPeer(tlp, request.address());
        } else if (tlp instanceof Tlp.MemoryRequest request
                && request.addressType() == AddressType.UNTRANSLATED) {
            peer.tellSentToPeer(tlp, request.address());
        }
        return true;
    }

    private void refuse(SwitchPort from, Tlp tlp, DropReason reason, long nowPs) {
        from.drop(tlp, reason);
        if (SwitchPort.wantsAnswer(tlp)) {
            CompletionStatus status =
                    reason == DropReason.ACCESS_CONTROL
                            ? CompletionStatus.COMPLETER_ABORT
                            : CompletionStatus.UNSUPPORTED_REQUEST;
            from.down().add(LowerEnd.refusal(tlp, requesterId, status), nowPs);
        }
    }

    private SwitchPort leadingTo(Tlp tlp) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).leadsTo(tlp)) {
                return ports.get(i);
            }
        }
        return null;
    }

    private SwitchPort claiming(long address) {
        return claims.find(address);
    }

    /** A port has room again: whoever was refused, at whichever port, tries again. */
    void roomAgain(long nowPs) {
        above.retryDownstream(nowPs);
        for (SwitchPort port : ports) {
            port.retryUpstream(nowPs);
        }
    }

    /** A packet has come from the root complex. */
    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        SwitchPort port = leadingTo(tlp);
        if (tlp.pasid() != null && !express.supportsPrefixes()) {
            drop(port, tlp, DropReason.PREFIX_NOT_SUPPORTED);
        } else if (port == null) {
            refuseFromAbove(port, tlp, DropReason.UNROUTABLE, nowPs);
        } else if (port.blocks(tlp)) {
            refuseFromAbove(port, tlp, DropReason.PREFIX_BLOCKED, nowPs);
        } else {
            return port.down().offer(tlp, nowPs);
        }
        return true;
    }

    private void refuseFromAbove(SwitchPort port, Tlp tlp, DropReason reason, long nowPs) {
        drop(port, tlp, reason);
        if (SwitchPort.wantsAnswer(tlp)) {
            CompletionStatus status = CompletionStatus.UNSUPPORTED_REQUEST;
            up.add(LowerEnd.refusal(tlp, requesterId, status), nowPs);
        }
    }

    /**
     * @param port where it would have left; null if no port leads there
     */
    private void drop(SwitchPort port, Tlp tlp, DropReason reason) {
        (port == null ? ports.get(0) : port).drop(tlp, reason);
    }

    @Override
    public void hotReset(long nowPs) {
        ports.forEach(port -> port.hotReset(nowPs));
    }

    @Override
    public void removed(long nowPs) {
        configuration.reachable(false);
        ports.forEach(port -> port.removed(nowPs));
    }

    @Override
    public boolean forwards() {
        return true;
    }

    @Override
    public void linkReady(long nowPs) {
        up.send(nowPs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int requesterId() {
        return requesterId;
    }

    @Override
    public ConfigurationSpace configuration() {
        return configuration;
    }

    @Override
    public int maxPayloadBytes() {
        return above.maxPayloadBytes();
    }

    @Override
    public LinkDevice function(int id) {
        for (SwitchPort port : ports) {
            LinkDevice found = port.below().function(id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public boolean claims(long address) {
        return claiming(address) != null;
    }

    @Override
    public long readRegister(long address, int bytes, long nowPs) {
        return claiming(address).readRegister(address, bytes, nowPs);
    }

    @Override
    public long extraRoundTripPs(long address) {
        return 2 * config.hop().value() + claiming(address).roundTripPs(address);
    }
}
