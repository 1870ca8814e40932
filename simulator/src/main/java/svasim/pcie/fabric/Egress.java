package svasim.pcie.fabric;

import java.util.ArrayDeque;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.link.FlowQueues;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Tlp;

/**
 * The way through a switch to one of its ports: packets take a fixed time to cross, then wait for
 * the link in the order that PCI Express prescribes.
 */
final class Egress implements EventHandler {
    private final Kernel kernel;
    private final long hopPs;
    private final int limit;
    private final Retry roomAgain;

    private final ArrayDeque<Tlp> crossing = new ArrayDeque<>();
    private final Outbox waiting;

    /** By flow class: packets that cross or wait. */
    private final int[] inside = new int[FlowQueues.FLOWS];

    /** Packets that were pushed ahead of their events. */
    private int pushed;

    private boolean refused;

    /** Tells those whose packets were refused that there is room. */
    @FunctionalInterface
    interface Retry {
        void roomAgain(long nowPs);
    }

    Egress(Kernel kernel, SwitchConfig config, TlpSink link, Retry roomAgain) {
        this.kernel = kernel;
        this.hopPs = config.hop().value();
        this.limit = config.queue();
        this.waiting = new Outbox(link, flow -> inside[flow]--);
        this.roomAgain = roomAgain;
    }

    boolean offer(Tlp tlp, long nowPs) {
        if (inside[tlp.flowClass().ordinal()] >= limit) {
            refused = true;
            return false;
        }
        add(tlp, nowPs);
        return true;
    }

    /** Takes a packet that the switch makes itself, whatever waits. */
    void add(Tlp tlp, long nowPs) {
        inside[tlp.flowClass().ordinal()]++;
        crossing.add(tlp);
        kernel.at(nowPs + hopPs, this, 0, 0);
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        if (pushed > 0) {
            pushed--;
            return;
        }
        waiting.add(crossing.remove());
        send(nowPs);
    }

    /** Has everything cross at once; it may still wait for the link. */
    void push(long nowPs) {
        while (!crossing.isEmpty()) {
            pushed++;
            waiting.add(crossing.remove());
        }
        send(nowPs);
    }

    /** Gives the link what it takes; it may call this from within. */
    void send(long nowPs) {
        if (waiting.send(nowPs) && refused) {
            refused = false;
            roomAgain.roomAgain(nowPs);
        }
    }

    /** Packets that have not left. */
    int size() {
        return inside[0] + inside[1] + inside[2];
    }
}
