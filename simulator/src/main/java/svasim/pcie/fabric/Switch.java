package svasim.pcie.fabric;

import java.util.Map;
import java.util.TreeMap;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * A switch: routes by address, by ID and towards the root complex, between any of its ports. Each
 * packet takes the hop time; who has no room at one port holds nobody up at another.
 */
public final class Switch implements LinkDevice {
    private static final byte[] NO_DATA = new byte[0];

    private final String name;
    private final SwitchConfig config;
    private final Port above;
    private final int requesterId;
    private final Egress up;
    private final Map<String, SwitchPort> ports = new TreeMap<>();
    private final ConfigurationSpace configuration = new ConfigurationSpace();

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
        new BridgeHeader(configuration);
        up = new Egress(host.kernel(), config, above.upstream(), this::roomAgain);
        config.ports()
                .forEach(
                        (port, its) ->
                                ports.put(
                                        port, new SwitchPort(name + "." + port, its, this, host)));
        above.attach(this);
    }

    /** A downstream port by its name within the switch; null if there is none. */
    public SwitchPort port(String portName) {
        return ports.get(portName);
    }

    SwitchConfig config() {
        return config;
    }

    boolean letsPrefixesUp() {
        return config.prefixes() && !config.prefixBlocking() && above.supportsPrefixes();
    }

    String sharedAbove() {
        return above.sharedBelow();
    }

    long allocateMmio(long bytes) {
        return above.allocateMmio(bytes);
    }

    /** A packet has come in at a downstream port. */
    boolean fromBelow(SwitchPort from, Tlp tlp, long nowPs) {
        if (PeerRouting.violates(from, tlp)) {
            refuse(from, tlp, DropReason.ACCESS_CONTROL, nowPs);
            return true;
        }
        SwitchPort peer = PeerRouting.redirects(from, tlp) ? null : leadingTo(tlp);
        boolean blocked = peer == null ? config.prefixBlocking() : peer.blocksPrefixes();
        if (tlp.pasid() != null && blocked) {
            refuse(from, tlp, DropReason.PREFIX_BLOCKED, nowPs);
            return true;
        }
        return peer == null ? up.offer(tlp, nowPs) : toPeer(peer, tlp, nowPs);
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
            from.down().add(answer(tlp, reason), nowPs);
        }
    }

    private Tlp answer(Tlp tlp, DropReason reason) {
        return new Tlp.Completion(
                requesterId,
                tlp.senderId(),
                tlp.tag(),
                reason == DropReason.ACCESS_CONTROL
                        ? CompletionStatus.COMPLETER_ABORT
                        : CompletionStatus.UNSUPPORTED_REQUEST,
                Integer.BYTES,
                0,
                NO_DATA,
                tlp.attributes().ofAnswer());
    }

    private SwitchPort leadingTo(Tlp tlp) {
        for (SwitchPort port : ports.values()) {
            if (port.below().target(tlp) != null) {
                return port;
            }
        }
        return null;
    }

    private SwitchPort claiming(long address) {
        for (SwitchPort port : ports.values()) {
            if (port.below().claiming(address) != null) {
                return port;
            }
        }
        return null;
    }

    /** A port has room again: whoever was refused, at whichever port, tries again. */
    void roomAgain(long nowPs) {
        above.retryDownstream(nowPs);
        for (SwitchPort port : ports.values()) {
            port.retryUpstream(nowPs);
        }
    }

    /** A packet has come from the root complex. */
    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        SwitchPort port = leadingTo(tlp);
        boolean malformed = tlp.pasid() != null && !config.prefixes();
        if (port == null || malformed) {
            SwitchPort any = port == null ? ports.values().iterator().next() : port;
            any.drop(tlp, malformed ? DropReason.PREFIX_NOT_SUPPORTED : DropReason.UNROUTABLE);
            return true;
        }
        if (tlp.pasid() != null && port.blocksPrefixes()) {
            port.drop(tlp, DropReason.PREFIX_BLOCKED);
            return true;
        }
        return port.down().offer(tlp, nowPs);
    }

    @Override
    public void hotReset(long nowPs) {
        ports.values().forEach(port -> port.hotReset(nowPs));
    }

    @Override
    public void removed(long nowPs) {
        configuration.reachable(false);
        ports.values().forEach(port -> port.removed(nowPs));
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
        for (SwitchPort port : ports.values()) {
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
