package svasim.pcie.fabric;

import svasim.pcie.config.PcieError;
import svasim.pcie.config.SlotRegisters;
import svasim.pcie.link.Link;
import svasim.pcie.link.LinkConfig;
import svasim.pcie.link.LinkErrors;
import svasim.pcie.link.LinkParts;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * The link below a port with both its ends, and what goes wrong there: on purpose, by wrong bits,
 * or because the link goes down. The port notes errors, and tells its root port of them.
 */
final class PortLink {
    /** Message-signalled interrupts have addresses; a wire has address 0 and a number. */
    private static final long WIRE = 0;

    private static final int FIRST_WIRE = 0x10000;

    private final Host host;
    private final Owner owner;
    private final int lane;
    private final Link link;
    private final LowerEnd below;
    private final Tampering arrivingUp;
    private final Tampering arrivingDown;
    private final ErrorReporter errors;
    private final SlotRegisters slot;

    /** The port that the link belongs to. */
    interface Owner extends Tampering.Consequences {
        String name();

        int requesterId();

        /** A packet has come up the link. */
        boolean receiveFromBelow(Tlp tlp, long nowPs);

        /** The link has room again for what goes down. */
        void linkReady(long nowPs);

        /** The way of error messages to the root port. */
        ErrorReporter.Root root();
    }

    /**
     * @param registers where the port notes errors and its slot
     */
    PortLink(Owner owner, LinkConfig config, DownstreamBridge registers, Host host) {
        this.owner = owner;
        this.host = host;
        lane = host.trace().lane(owner.name() + ".down");
        below = new LowerEnd(host, lane);
        slot = registers.slot();
        ErrorReporter.Finder finder =
                new ErrorReporter.Finder(owner.name(), owner::requesterId, lane);
        errors = new ErrorReporter(finder, registers.errors(), host, owner.root());
        arrivingUp = new Tampering(owner::receiveFromBelow, owner);
        arrivingDown = new Tampering(below::receive, below);
        Link.User upper = new Link.User(arrivingUp, owner::linkReady, this::foundByPort);
        Link.User lower = new Link.User(arrivingDown, below::linkReady, this::foundBelow);
        LinkParts parts = new LinkParts(host.kernel(), host.trace(), host.statistics());
        link = new Link(parts, config, owner.name(), new Link.Users(upper, lower));
        below.connect(link.lower());
    }

    Link link() {
        return link;
    }

    LowerEnd below() {
        return below;
    }

    int lane() {
        return lane;
    }

    ErrorReporter errors() {
        return errors;
    }

    void attach(LinkDevice device) {
        below.attached().add(device);
        if (device.forwards()) {
            link.lower().forwards();
        }
    }

    void tamper(boolean up, Tampering.Strike strike) {
        (up ? arrivingUp : arrivingDown).add(strike);
    }

    void drop(Tlp tlp, DropReason reason) {
        host.trace().tell(Kind.TLP_DROPPED, lane, reason.ordinal(), 0, 0, tlp);
        errors.dropped(tlp, reason);
    }

    /** The link dies: what is below is gone for good. */
    void surpriseDown(long nowPs) {
        link.down(nowPs);
        host.trace().tell(Kind.LINK_STATE, lane, 0, 0, 0);
        below.lose();
        below.attached().removed(nowPs);
        errors.found(PcieError.SURPRISE_DOWN, null);
        if (slot.lost()) {
            interrupt(nowPs);
        }
    }

    /** What is below is reset, and the link trained again. */
    void hotReset(long nowPs) {
        link.retrain(nowPs);
        host.trace().tell(Kind.LINK_STATE, lane, 0, 0, 0);
        below.lose();
        below.attached().hotReset(nowPs);
    }

    /** The interrupt of the port, as software finds it by the port's ID. */
    void interrupt(long nowPs) {
        host.interrupts().message(WIRE, wire(owner.requesterId()), nowPs);
    }

    /** Number of the interrupt wire of a port. */
    static int wire(int requesterId) {
        return FIRST_WIRE | requesterId;
    }

    private void foundByPort(LinkErrors.Kind kind, long nowPs) {
        errors.found(error(kind), null);
    }

    private void foundBelow(LinkErrors.Kind kind, long nowPs) {
        below.attached().found(error(kind), null);
    }

    private static PcieError error(LinkErrors.Kind kind) {
        return switch (kind) {
            case BAD_TLP -> PcieError.BAD_TLP;
            case BAD_DLLP -> PcieError.BAD_DLLP;
            case REPLAY_TIMEOUT -> PcieError.REPLAY_TIMEOUT;
            case REPLAY_ROLLOVER -> PcieError.REPLAY_ROLLOVER;
        };
    }
}
