package svasim.pcie.link;

import java.util.List;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpSize;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * The receiving half of a port: packets arrive in the order of the wire, wrong ones are asked for
 * again, good ones wait until they are taken. What is to be told to the other end is collected for
 * a while: acknowledgements and freed credits.
 */
final class Receiver implements EventHandler {
    /** Event: a data link packet has arrived; its data is what {@link #takeNews} gave. */
    static final int NEWS = 0;

    /** Event: a data link packet has arrived with a wrong bit. */
    static final int BAD_NEWS = 5;

    private static final int ARRIVED = 1;
    private static final int LATE = 2;
    private static final int TELL = 3;
    private static final int REPEAT_CREDITS = 4;

    private static final Site LATE_POSTED = new Site("pcie.link.posted");
    private static final Site LATE_COMPLETION = new Site("pcie.link.completion");
    private static final int IN_TIME_OR_LATE = 2;

    private final Kernel kernel;
    private final Trace trace;
    private final int lane;
    private final TlpSink user;
    private final LinkErrors found;
    private final Counter errors;
    private final boolean acknowledges;
    private final long holdBackPs;
    private final long latenessPs;
    private final Credits credits;
    private Transmitter own;

    private final TlpRing onWire = new TlpRing();
    private final FlowQueues late = new FlowQueues();
    private final FlowQueues received = new FlowQueues();

    /** When the last packet of each flow class leaves the port. */
    private final long[] lastPs = new long[FlowQueues.FLOWS];

    /** Packets that were pushed ahead of their events: on the wire, and by flow class late ones. */
    private int pushedOnWire;

    private final int[] pushedLate = new int[FlowQueues.FLOWS];

    private int expected;
    private boolean nakScheduled;
    private boolean handingOver;
    private boolean handOverAgain;

    private final News news = new News();
    private boolean telling;

    Receiver(LinkParts parts, LinkConfig config, String name, Link.User portUser) {
        kernel = parts.kernel();
        trace = parts.trace();
        lane = trace.lane(name);
        user = portUser.sink();
        found = portUser.errors();
        errors = parts.statistics().counter(name + ".errors", "packets received wrongly");
        acknowledges = !config.onDie();
        holdBackPs = config.onDie() ? 0 : new DataLinkTimes(config).ackLimitPs();
        latenessPs = config.lateness().value();
        credits = new Credits(config.credits());
    }

    /** Once, before the first packet: the transmitter of the same port. */
    void connect(Transmitter transmitter) {
        own = transmitter;
    }

    /** A packet is on the wire. */
    void expect(Tlp tlp, long sequence, boolean wrong, long arrivalPs) {
        onWire.add(tlp, sequence);
        kernel.at(arrivalPs, this, ARRIVED, wrong ? 1 : 0);
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        switch (kind) {
            case NEWS -> hear(data, nowPs);
            case ARRIVED -> arrived(data != 0, nowPs);
            case LATE -> leavePort((int) data, nowPs);
            case TELL -> tell(nowPs);
            case REPEAT_CREDITS -> {
                news.credits((int) data);
                tellSoon(nowPs);
            }
            case BAD_NEWS -> found.found(LinkErrors.Kind.BAD_DLLP, nowPs);
            default -> throw new IllegalStateException("link: unknown event kind " + kind);
        }
    }

    private void arrived(boolean wrong, long nowPs) {
        if (pushedOnWire > 0) {
            pushedOnWire--;
            return;
        }
        int sequence = (int) onWire.firstNumber();
        Tlp tlp = onWire.take();
        if (wrong) {
            errors.increment();
            trace.tell(Kind.LINK_ERROR, lane, sequence, 0, 0, tlp);
            found.found(LinkErrors.Kind.BAD_TLP, nowPs);
            refuse(nowPs);
        } else if (expects(sequence)) {
            accept(tlp, sequence, nowPs);
        } else if (Sequence.isDuplicate(expected, sequence)) {
            acknowledgeSoon(nowPs);
        } else {
            refuse(nowPs);
        }
    }

    /** Takes a good packet that is next in the sequence. */
    void accept(Tlp tlp, long sequence, long nowPs) {
        expected = Sequence.next((int) sequence);
        nakScheduled = false;
        acknowledgeSoon(nowPs);
        int flow = tlp.flowClass().ordinal();
        long leavesPs = inOrder(flow, nowPs + latePs(flow));
        lastPs[flow] = leavesPs;
        if (leavesPs > nowPs) {
            late.add(flow, tlp);
            kernel.at(leavesPs, this, LATE, flow);
        } else {
            deliver(flow, tlp);
            handOver(nowPs);
        }
    }

    private void refuse(long nowPs) {
        if (!nakScheduled) {
            nakScheduled = true;
            news.nak();
            own.send(nowPs);
        }
    }

    private void acknowledgeSoon(long nowPs) {
        if (acknowledges) {
            news.ack();
            tellSoon(nowPs);
        }
    }

    private long latePs(int flow) {
        if (latenessPs == 0 || flow == FlowQueues.NON_POSTED) {
            return 0;
        }
        Site site = flow == FlowQueues.POSTED ? LATE_POSTED : LATE_COMPLETION;
        return kernel.pick(site, lane, IN_TIME_OR_LATE) * latenessPs;
    }

    /** Not before the packets of its own flow class, and not before any posted one. */
    private long inOrder(int flow, long timePs) {
        return Math.max(Math.max(timePs, lastPs[FlowQueues.POSTED]), lastPs[flow]);
    }

    private void leavePort(int flow, long nowPs) {
        if (pushedLate[flow] > 0) {
            pushedLate[flow]--;
            return;
        }
        deliver(flow, late.take(flow));
        handOver(nowPs);
    }

    private void deliver(int flow, Tlp tlp) {
        received.add(flow, tlp);
        if (trace.wants(Kind.TLP_RECEIVED)) {
            trace.tell(Kind.TLP_RECEIVED, lane, TlpSize.wireBytes(tlp), 0, 0, tlp);
        }
    }

    /** Delivers everything that is on the wire, and every posted packet that is late, at once. */
    void push(long nowPs) {
        while (onWire.size() > 0 && expects((int) onWire.firstNumber())) {
            int sequence = (int) onWire.firstNumber();
            pushedOnWire++;
            accept(onWire.take(), sequence, nowPs);
        }
        pushLate(nowPs);
    }

    /**
     * The link goes down: what is on the wire and in the buffers is lost, the sequence begins anew.
     */
    void down() {
        pushedOnWire += onWire.size();
        onWire.clear();
        for (int flow = 0; flow < FlowQueues.FLOWS; flow++) {
            pushedLate[flow] += late.size(flow);
        }
        late.clear();
        received.clear();
        credits.reset();
        news.clear();
        expected = 0;
        nakScheduled = false;
    }

    /** Whether a packet with this sequence number would be taken now. */
    boolean expects(int sequence) {
        return sequence == expected;
    }

    /** Delivers every posted packet that is late at once. */
    void pushLate(long nowPs) {
        while (late.size(FlowQueues.POSTED) > 0) {
            pushedLate[FlowQueues.POSTED]++;
            deliver(FlowQueues.POSTED, late.take(FlowQueues.POSTED));
        }
        lastPs[FlowQueues.POSTED] = nowPs;
        handOver(nowPs);
    }

    /** Gives the user what it takes; it may call this from within. */
    void handOver(long nowPs) {
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
        int refusedFlows = 0;
        int flow = received.next(refusedFlows);
        while (flow != FlowQueues.NONE) {
            Tlp tlp = received.first(flow);
            if (user.offer(tlp, nowPs)) {
                received.take(flow);
                giveBack(flow, tlp, nowPs);
            } else {
                refusedFlows |= 1 << flow;
            }
            flow = received.next(refusedFlows);
        }
    }

    private void giveBack(int flow, Tlp tlp, long nowPs) {
        if (credits.free(flow, tlp)) {
            news.credits(flow);
            tellSoon(nowPs);
        }
    }

    private void tellSoon(long nowPs) {
        if (holdBackPs == 0) {
            tell(nowPs);
        } else if (!telling) {
            telling = true;
            kernel.at(nowPs + holdBackPs, this, TELL, 0);
        }
    }

    private void tell(long nowPs) {
        telling = false;
        news.release();
        own.send(nowPs);
    }

    /** Whether there is a data link packet to be sent now. */
    boolean hasNews() {
        return news.isReady();
    }

    /** The next data link packet. */
    long takeNews() {
        int subject = news.take();
        if (subject < FlowQueues.FLOWS) {
            return News.credits(
                    subject, credits.advertisedHeaders(subject), credits.advertisedData(subject));
        }
        return News.sequence(subject, Sequence.before(expected));
    }

    /** A data link packet did not arrive: credits are told again after a while. */
    void lost(long sent) {
        int subject = News.subject(sent);
        if (subject < FlowQueues.FLOWS) {
            kernel.after(DataLinkTimes.updatePs(), this, REPEAT_CREDITS, subject);
        }
    }

    private void hear(long sent, long nowPs) {
        if (own.isDown()) {
            return;
        }
        int subject = News.subject(sent);
        switch (subject) {
            case News.ACK -> own.acknowledged(News.sequence(sent), nowPs);
            case News.NAK -> {
                own.acknowledged(News.sequence(sent), nowPs);
                own.replay(nowPs);
            }
            default -> own.credited(subject, News.headers(sent), News.data(sent), nowPs);
        }
    }

    /** Packets that whoever they are for has refused, one line. */
    void waitingFor(List<String> lines) {
        int refused = received.size(0) + received.size(1) + received.size(2);
        if (refused > 0) {
            lines.add(
                    trace.laneName(lane) + ": " + refused + " packets that came in are not taken");
        }
    }

    boolean isIdle() {
        return onWire.size() == 0 && late.isEmpty() && received.isEmpty();
    }
}
