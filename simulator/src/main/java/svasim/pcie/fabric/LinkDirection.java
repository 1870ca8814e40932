package svasim.pcie.fabric;

import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpSize;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * One direction of a link: packets wait for credits and for the wire, are serialised, fly, and wait
 * in the receiver's buffer until it takes them; then their credits fly back.
 */
final class LinkDirection implements TlpSink, EventHandler {
    private static final Site LATE_POSTED = new Site("pcie.link.posted");
    private static final Site LATE_COMPLETION = new Site("pcie.link.completion");
    private static final int IN_TIME_OR_LATE = 2;

    private static final int WIRE_FREE = 0;
    private static final int ARRIVED = 1;
    private static final int CREDITS_BACK = 2;

    private static final int FLOW_BITS = 2;
    private static final int NON_POSTED = FlowClass.NON_POSTED.ordinal();

    private final Kernel kernel;
    private final Trace trace;
    private final int senderLane;
    private final int receiverLane;
    private final Counter packets;
    private final Counter bytes;
    private final Counter creditStalls;

    private final Serialiser wire;
    private final long flightPs;
    private final long latenessPs;
    private final int queueLimit;
    private final Credits credits;
    private final TlpSink receiver;
    private final LinkUser sender;

    private final FlowQueues waiting = new FlowQueues();
    private final FlowQueues flying = new FlowQueues();
    private final FlowQueues received = new FlowQueues();

    /** When the last packet of each flow class arrives. */
    private final long[] lastArrivalPs = new long[FlowQueues.FLOWS];

    /** Packets of each flow class that were pushed ahead of their arrival events. */
    private final int[] pushed = new int[FlowQueues.FLOWS];

    private boolean wireEventPending;
    private boolean senderRefused;
    private boolean handingOver;
    private boolean handOverAgain;

    /**
     * @param from port that sends, for example {@code rp0.down}
     * @param to port that receives
     * @param sender told when there is room after an offer was refused
     */
    LinkDirection(
            Host host,
            LinkConfig config,
            String from,
            String to,
            TlpSink receiver,
            LinkUser sender) {
        kernel = host.kernel();
        trace = host.trace();
        senderLane = trace.lane(from);
        receiverLane = trace.lane(to);
        packets = host.statistics().counter(from + ".sent", "packets sent");
        bytes = host.statistics().counter(from + ".sent.bytes", "bytes on the wire");
        creditStalls =
                host.statistics().counter(from + ".stalls", "times a packet waited for credits");
        wire = new Serialiser(config.generation(), config.lanes());
        flightPs = config.flight().value();
        latenessPs = config.lateness().value();
        queueLimit = config.queue();
        credits = new Credits(config.credits());
        this.receiver = receiver;
        this.sender = sender;
    }

    /** Takes a packet to send; refuses if too many of its flow class wait. */
    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        if (waiting.size(tlp.flowClass().ordinal()) >= queueLimit) {
            senderRefused = true;
            return false;
        }
        waiting.add(tlp);
        sendWaiting(nowPs);
        return true;
    }

    /** The receiver, which has refused a packet, has room again. */
    void retry(long nowPs) {
        handOver(nowPs);
    }

    /**
     * Delivers at once every posted packet that is on its way: what a read does that is carried out
     * without a packet of its own.
     */
    void pushPosted(long nowPs) {
        while (flying.size(FlowQueues.POSTED) > 0) {
            pushed[FlowQueues.POSTED]++;
            arrive(FlowQueues.POSTED);
        }
        while (waiting.size(FlowQueues.POSTED) > 0) {
            Tlp tlp = waiting.take(FlowQueues.POSTED);
            credits.take(tlp);
            tellSent(tlp, nowPs);
            flying.add(tlp);
            arrive(FlowQueues.POSTED);
        }
        handOver(nowPs);
    }

    /** Time from the offer of a packet to its arrival when the link is idle. */
    long idlePs(int wireBytes) {
        return wire.timePs(wireBytes) + flightPs;
    }

    /** Packets that have not reached the receiver's logic. */
    boolean isIdle() {
        return waiting.isEmpty() && flying.isEmpty() && received.isEmpty();
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        switch (kind) {
            case WIRE_FREE -> {
                wireEventPending = false;
                sendWaiting(nowPs);
            }
            case ARRIVED -> arrival((int) data, nowPs);
            case CREDITS_BACK -> {
                credits.give((int) data & (1 << FLOW_BITS) - 1, (int) (data >>> FLOW_BITS));
                sendWaiting(nowPs);
            }
            default -> throw new IllegalStateException("link: unknown event kind " + kind);
        }
    }

    private void sendWaiting(long nowPs) {
        while (wire.freePs() <= nowPs) {
            int stuck = withoutCredits();
            int flow = waiting.next(stuck);
            if (flow == FlowQueues.NONE) {
                creditStalls.add(Integer.bitCount(stuck));
                return;
            }
            send(waiting.take(flow), nowPs);
            if (senderRefused) {
                senderRefused = false;
                sender.linkReady(nowPs);
            }
        }
        if (!wireEventPending && !waiting.isEmpty()) {
            wireEventPending = true;
            kernel.at(wire.freePs(), this, WIRE_FREE, 0);
        }
    }

    /** Bits of the flow classes whose first packet the receiver has no room for. */
    private int withoutCredits() {
        int stuck = 0;
        for (int flow = 0; flow < FlowQueues.FLOWS; flow++) {
            if (waiting.size(flow) > 0 && !credits.cover(waiting.first(flow))) {
                stuck |= 1 << flow;
            }
        }
        return stuck;
    }

    private void send(Tlp tlp, long nowPs) {
        int flow = tlp.flowClass().ordinal();
        credits.take(tlp);
        long usualPs = wire.send(nowPs, TlpSize.wireBytes(tlp)) + flightPs;
        long arrivalPs = inOrder(flow, usualPs + latePs(flow));
        lastArrivalPs[flow] = arrivalPs;
        flying.add(tlp);
        tellSent(tlp, arrivalPs);
        kernel.at(arrivalPs, this, ARRIVED, flow);
    }

    private long latePs(int flow) {
        if (latenessPs == 0 || flow == NON_POSTED) {
            return 0;
        }
        Site site = flow == FlowQueues.POSTED ? LATE_POSTED : LATE_COMPLETION;
        return kernel.pick(site, senderLane, IN_TIME_OR_LATE) * latenessPs;
    }

    /** Not before the packets of its own flow class, and not before any posted one. */
    private long inOrder(int flow, long arrivalPs) {
        long behindPosted = Math.max(arrivalPs, lastArrivalPs[FlowQueues.POSTED]);
        return Math.max(behindPosted, lastArrivalPs[flow]);
    }

    private void arrival(int flow, long nowPs) {
        if (pushed[flow] > 0) {
            pushed[flow]--;
            return;
        }
        arrive(flow);
        handOver(nowPs);
    }

    private void arrive(int flow) {
        Tlp tlp = flying.take(flow);
        received.add(tlp);
        if (trace.wants(Kind.TLP_RECEIVED)) {
            trace.tell(Kind.TLP_RECEIVED, receiverLane, TlpSize.wireBytes(tlp), 0, 0, tlp);
        }
    }

    /** Gives the receiver what it takes; it may call {@link #retry} from within. */
    private void handOver(long nowPs) {
        if (handingOver) {
            handOverAgain = true;
            return;
        }
        handingOver = true;
        do {
            handOverAgain = false;
            handOverOnce(nowPs);
        } while (handOverAgain);
        handingOver = false;
    }

    private void handOverOnce(long nowPs) {
        int refused = 0;
        int flow = received.next(refused);
        while (flow != FlowQueues.NONE) {
            Tlp tlp = received.first(flow);
            if (receiver.offer(tlp, nowPs)) {
                received.take(flow);
                returnCredits(flow, tlp);
            } else {
                refused |= 1 << flow;
            }
            flow = received.next(refused);
        }
    }

    private void returnCredits(int flow, Tlp tlp) {
        if (Credits.counted(flow)) {
            long data = (long) TlpSize.dataCredits(tlp) << FLOW_BITS | flow;
            kernel.after(flightPs, this, CREDITS_BACK, data);
        }
    }

    private void tellSent(Tlp tlp, long arrivalPs) {
        int wireBytes = TlpSize.wireBytes(tlp);
        packets.increment();
        bytes.add(wireBytes);
        if (trace.wants(Kind.TLP_SENT)) {
            trace.tell(Kind.TLP_SENT, senderLane, wireBytes, arrivalPs, 0, tlp);
        }
    }
}
