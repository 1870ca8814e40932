package svasim.pcie.fabric;

import java.util.function.LongUnaryOperator;
import svasim.pcie.config.AcsCapability;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ErrorReporting;
import svasim.pcie.config.PortExpressCapability;
import svasim.pcie.config.RootErrorCapability;
import svasim.pcie.config.SlotRegisters;
import svasim.pcie.tlp.Tlp;

/** Registers of a port with a link below it: what is behind the port, and what may pass. */
final class DownstreamBridge {
    private final ConfigurationSpace configuration = new ConfigurationSpace();
    private final BridgeHeader header = new BridgeHeader(configuration);
    private final PortExpressCapability express;
    private final AcsCapability services;
    private final AccessControl access;
    private final BridgeWindow window;
    private final ErrorReporting errors;
    private final SlotRegisters slot;

    /**
     * What firmware makes of a port.
     *
     * @param services control register of its access control services
     */
    record Settings(
            PortExpressCapability.Type type,
            boolean prefixes,
            boolean prefixBlocking,
            boolean ari,
            int services) {
        private int control() {
            return (ari ? PortExpressCapability.ARI_FORWARDING : 0)
                    | (prefixBlocking ? PortExpressCapability.PREFIX_BLOCKING : 0);
        }
    }

    /**
     * @param above gives address space for what is behind the port, aligned to its size
     */
    DownstreamBridge(Settings settings, LongUnaryOperator above) {
        express =
                new PortExpressCapability(
                        configuration, settings.type(), settings.prefixes(), settings.control());
        services = new AcsCapability(configuration, settings.services());
        access = new AccessControl(services, header);
        window = new BridgeWindow(header, above);
        errors = ErrorReporting.ofPort(configuration);
        slot = new SlotRegisters(configuration);
    }

    ConfigurationSpace configuration() {
        return configuration;
    }

    ErrorReporting errors() {
        return errors;
    }

    /** Where error messages from below end, in a root port. */
    RootErrorCapability rootErrors() {
        return new RootErrorCapability(configuration, errors);
    }

    SlotRegisters slot() {
        return slot;
    }

    BridgeHeader header() {
        return header;
    }

    PortExpressCapability express() {
        return express;
    }

    AccessControl access() {
        return access;
    }

    /** Requests to a peer must not go straight from here. */
    void control(int peer) {
        services.control(peer);
    }

    long allocate(long bytes) {
        return window.allocate(bytes);
    }

    /** Whether the packet goes to something behind the port, by bus number or address. */
    boolean leadsTo(Tlp tlp) {
        int destination = Destination.requesterId(tlp);
        if (destination != Destination.NONE) {
            return header.covers(destination >>> Byte.SIZE);
        }
        return Destination.hasAddress(tlp) && header.claims(Destination.address(tlp));
    }

    /** Whether the packet has a PASID and must not leave here. */
    boolean blocks(Tlp tlp) {
        return tlp.pasid() != null && express.blocksPrefixes();
    }
}
