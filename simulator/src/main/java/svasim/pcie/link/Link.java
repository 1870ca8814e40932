package svasim.pcie.link;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;

/** Two ports and the wires between them. */
public final class Link implements EventHandler {
    /** From the end of a hot reset to packets again, training included; assumed. */
    static final long TRAINING_PS = 20_000_000;

    private final Kernel kernel;

    /** How often the link has gone down: kind of the event that ends a training. */
    private int downs;

    private final LinkPort upper;
    private final LinkPort lower;

    /**
     * @param name the ports are called {@code name.down}, which sends down, and {@code name.up}
     */
    public Link(LinkParts parts, LinkConfig config, String name, Users users) {
        kernel = parts.kernel();
        upper = port(parts, config, name + ".down", users.upper());
        lower = port(parts, config, name + ".up", users.lower());
        connect(upper, lower);
        connect(lower, upper);
    }

    /**
     * Who uses a port.
     *
     * @param sink takes what arrives at the port
     * @param sender is told when there is room after a packet to send was refused
     * @param errors is told what the port finds wrong
     */
    public record User(TlpSink sink, LinkUser sender, LinkErrors errors) {
        /** One that is not interested in errors. */
        public User(TlpSink sink, LinkUser sender) {
            this(sink, sender, LinkErrors.IGNORED);
        }
    }

    /** Who uses the two ports. */
    public record Users(User upper, User lower) {}

    private static LinkPort port(LinkParts parts, LinkConfig config, String name, User user) {
        return new LinkPort(
                new Transmitter(parts, config, name, user),
                new Receiver(parts, config, name, user));
    }

    private static void connect(LinkPort port, LinkPort other) {
        port.transmitter().connect(port.receiver(), other.receiver());
        port.receiver().connect(port.transmitter());
    }

    /**
     * Takes the link down: everything on it is lost, and so is every packet that is offered while
     * it is down.
     */
    public void down(long nowPs) {
        downs++;
        upper.receiver().down();
        lower.receiver().down();
        upper.transmitter().down(nowPs);
        lower.transmitter().down(nowPs);
    }

    /** Takes the link down and trains it again; both ends begin with all credits. */
    public void retrain(long nowPs) {
        down(nowPs);
        kernel.at(nowPs + TRAINING_PS, this, downs, 0);
    }

    /** Training has ended, unless the link has gone down again. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        if (kind == downs) {
            upper.transmitter().up(nowPs);
            lower.transmitter().up(nowPs);
        }
    }

    /** Whether packets get through. */
    public boolean isUp() {
        return !upper.transmitter().isDown();
    }

    /** The port nearer to the root complex. */
    public LinkPort upper() {
        return upper;
    }

    /** The port nearer to the device. */
    public LinkPort lower() {
        return lower;
    }

    /**
     * Delivers at once everything that is on its way down, and every posted packet that waits: what
     * a read does that is carried out without a packet of its own.
     */
    public void pushDown(long nowPs) {
        lower.receiver().push(nowPs);
        upper.transmitter().pushPosted(nowPs);
        lower.receiver().pushLate(nowPs);
    }

    /** Which packets wait for what, one line each. */
    public List<String> waitingFor() {
        List<String> lines = new ArrayList<>();
        upper.transmitter().waitingFor(lines);
        lower.receiver().waitingFor(lines);
        lower.transmitter().waitingFor(lines);
        upper.receiver().waitingFor(lines);
        return lines;
    }

    /** Whether no packet is on its way, and none waits to be acknowledged. */
    public boolean isIdle() {
        return upper.transmitter().isIdle()
                && lower.transmitter().isIdle()
                && upper.receiver().isIdle()
                && lower.receiver().isIdle();
    }
}
