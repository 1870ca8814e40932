package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * Joins devices, memory, translation agents and cores: requests of devices are translated and
 * carried out in memory; accesses of cores to devices are routed by address, answers by ID.
 */
public final class RootComplex {
    private static final long ALL_ONES = -1L;
    private static final int LAST_BUS = 0xFF;

    private final RootComplexConfig config;
    private final Host host;
    private final int lane;
    private final MemoryAccess memory;
    private final MmioSpace mmio;
    private final DeferrableWrites writes;
    private final List<RootPort> ports = new ArrayList<>();
    private final Claims<RootPort> claims = new Claims<>(ports, RootPort::claims);
    private final PeerPorts peers;
    private final Map<TranslationAgent, PendingAccesses> agents = new IdentityHashMap<>();

    public RootComplex(String name, RootComplexConfig config, Host host) {
        this.config = config;
        this.host = host;
        this.lane = host.trace().lane(name);
        this.memory = new MemoryAccess(name, config, host);
        this.mmio = new MmioSpace(config.mmioBase().bytes());
        this.writes = new DeferrableWrites(config, host);
        this.peers = new PeerPorts(config, ports);
    }

    /**
     * Adds a port. Until firmware numbers the buses, every bus is behind it.
     *
     * @param name for example {@code rp0}
     * @param agent the IOMMU above the port, which is connected by this; null: addresses are
     *     physical and there is no ATS
     */
    public RootPort addPort(String name, RootPortConfig portConfig, TranslationAgent agent) {
        TranslationAgent above = agent == null ? new PhysicalAddresses() : agent;
        PendingAccesses pending = agents.computeIfAbsent(above, this::connect);
        Ingress ingress = new Ingress(name, config, above, pending, memory, host);
        RootPort.Inside inside = new RootPort.Inside(mmio, writes, peers);
        RootPort port = new RootPort(name, portConfig, inside, ingress, host);
        port.header().buses(0, 0, LAST_BUS);
        ingress.connect(port, peers);
        ports.add(port);
        return port;
    }

    private PendingAccesses connect(TranslationAgent agent) {
        PendingAccesses pending = new PendingAccesses();
        agent.connect(this::sendToFunction, config.agentId());
        agent.watch(pending);
        return pending;
    }

    /** Posted write of a core to a BAR, 1 to 64 bytes, which are not to be changed afterwards. */
    public void writeMmio(long address, byte[] data) {
        Tlp write =
                new Tlp.MemoryWrite(
                        config.agentId(),
                        address,
                        data,
                        AddressType.UNTRANSLATED,
                        null,
                        Attributes.DEFAULT);
        RootPort port = portAt(address);
        if (port == null) {
            drop(write);
        } else {
            port.send(write, host.kernel().nowPs());
        }
    }

    /**
     * Deferrable write of a core to a BAR; one for each core may be under way.
     *
     * @param data 64 bytes, which are not to be changed afterwards
     * @param answer told when the completion is back
     */
    public void writeDeferrable(long address, byte[] data, DeferredAnswer answer) {
        writes.send(portAt(address), address, data, answer);
    }

    /**
     * Read of a core from a BAR, little-endian; all ones if nobody answers. The value is that which
     * the device has once all earlier writes to it have arrived; they arrive at once. The time it
     * takes is {@link #mmioRoundTripPs}, for the caller to spend.
     *
     * @param bytes 1, 2, 4 or 8
     */
    public long readMmio(long address, int bytes) {
        RootPort port = portAt(address);
        if (port == null) {
            return allOnes(bytes);
        }
        return port.readRegister(address, bytes, host.kernel().nowPs());
    }

    /** What a core reads where nobody answers. */
    static long allOnes(int bytes) {
        return ALL_ONES >>> Long.SIZE - bytes * Byte.SIZE;
    }

    /**
     * Time that a read of a register takes on an idle link, in picoseconds; 0 if nobody answers.
     */
    public long mmioRoundTripPs(long address) {
        RootPort port = portAt(address);
        return port == null
                ? 0
                : config.request().value()
                        + port.readRoundTripPs(address)
                        + config.completion().value();
    }

    /** Whether a BAR of a device covers the physical address. */
    public boolean claims(long address) {
        return portAt(address) != null;
    }

    /**
     * Configuration space of a function; configuration cycles take no time of their own.
     *
     * @return null if there is no such function
     */
    public ConfigurationSpace configuration(int requesterId) {
        RootPort port = portOf(requesterId);
        return port == null ? null : port.device(requesterId).configuration();
    }

    /** The port above a function; null if there is no such function. */
    public RootPort portOf(int requesterId) {
        for (RootPort port : ports) {
            if (port.device(requesterId) != null) {
                return port;
            }
        }
        return null;
    }

    private RootPort portAt(long address) {
        return claims.find(address);
    }

    /** Takes what the agents send; never refuses. */
    private boolean sendToFunction(Tlp tlp, long nowPs) {
        RootPort port =
                tlp instanceof Tlp.RoutedById routed ? portOf(routed.destinationId()) : null;
        if (port == null) {
            drop(tlp);
        } else {
            port.send(tlp, nowPs);
        }
        return true;
    }

    private void drop(Tlp tlp) {
        host.trace().tell(Kind.TLP_DROPPED, lane, DropReason.UNROUTABLE.ordinal(), 0, 0, tlp);
    }
}
