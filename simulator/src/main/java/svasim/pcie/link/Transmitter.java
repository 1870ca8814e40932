package svasim.pcie.link;

import java.util.List;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpSize;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * The sending half of a port: packets wait for credits and for the wire, are sent, and are kept
 * until the other end has acknowledged them. What the port's receiver has to say to the other end
 * goes first.
 */
final class Transmitter implements EventHandler {
    private static final String[] FLOWS = {"posted packets", "requests", "completions"};

    private static final int WIRE_FREE = 0;
    private static final int REPLAY_TIMEOUT = 1;

    private static final int REPLAYS_BEFORE_RETRAINING = 4;

    /** Time in Recovery; assumed. */
    private static final long RETRAINING_PS = 20_000_000;

    private final Kernel kernel;
    private final Trace trace;
    private final int lane;
    private final LinkUser user;
    private final LinkErrors found;
    private final Counter packets;
    private final Counter bytes;
    private final Counter creditStalls;
    private final Counter replays;

    private final Serialiser wire;
    private final BitErrors errors;
    private final boolean keeps;
    private final int dllpBytes;
    private final long flightPs;
    private final long replayPs;
    private final long replayBuffer;
    private final int queueLimit;
    private final Credits credits;
    private Receiver peer;
    private Receiver own;

    private final FlowQueues waiting = new FlowQueues();
    private final TlpRing unacknowledged = new TlpRing();
    private long unacknowledgedBytes;
    private int nextSequence;

    /** The unacknowledged packet that is sent again next; as many as there are: none. */
    private int again;

    private int replaysWithoutProgress;
    private long replayAtPs;
    private boolean replayTimer;
    private long wireEventPs = Long.MAX_VALUE;
    private boolean refused;
    private boolean down;
    private int forwarded;

    Transmitter(LinkParts parts, LinkConfig config, String name, Link.User portUser) {
        kernel = parts.kernel();
        trace = parts.trace();
        lane = trace.lane(name);
        user = portUser.sender();
        found = portUser.errors();
        packets = parts.statistics().counter(name + ".sent", "packets sent");
        bytes = parts.statistics().counter(name + ".sent.bytes", "bytes on the wire");
        creditStalls =
                parts.statistics().counter(name + ".stalls", "times a packet waited for credits");
        replays = parts.statistics().counter(name + ".replays", "packets sent again");
        wire = new Serialiser(config.generation(), config.lanes());
        errors = new BitErrors(kernel.random(name + ".errors"), config.bitErrorRate());
        keeps = !config.onDie();
        dllpBytes = config.dllpBytes();
        flightPs = config.flightPs();
        DataLinkTimes times = new DataLinkTimes(config);
        replayPs = times.replayPs();
        replayBuffer = config.replayBufferBytes(times);
        queueLimit = config.queue();
        credits = new Credits(config.credits());
    }

    /**
     * Once, before the first packet.
     *
     * @param own the receiver of the same port
     * @param peer the receiver at the other end
     */
    void connect(Receiver own, Receiver peer) {
        this.own = own;
        this.peer = peer;
    }

    /**
     * Takes a packet to send; refuses if too many of its flow class wait. While the link is down
     * every packet is taken and lost.
     */
    boolean offer(Tlp tlp, long nowPs) {
        if (down) {
            return true;
        }
        int flow = tlp.flowClass().ordinal();
        if (waiting.size(flow) >= queueLimit) {
            refused = true;
            return false;
        }
        waiting.add(flow, tlp);
        send(nowPs);
        return true;
    }

    /** Sends what can be sent now, in the order: data link packets, replays, new packets. */
    void send(long nowPs) {
        if (down) {
            return;
        }
        while (dllpBytes == 0 && own.hasNews()) {
            kernel.at(nowPs + flightPs, peer, Receiver.NEWS, own.takeNews());
        }
        while (wire.freePs() <= nowPs) {
            if (own.hasNews()) {
                sendNews(nowPs);
            } else if (replaying()) {
                sendAgain(nowPs);
            } else if (!sendNew(nowPs)) {
                return;
            }
        }
        if (wireEventPs > wire.freePs() && hasWork()) {
            wireEventPs = wire.freePs();
            kernel.at(wireEventPs, this, WIRE_FREE, 0);
        }
    }

    /** The link goes down: what waits and what is not acknowledged is lost. */
    void down(long nowPs) {
        down = true;
        waiting.clear();
        unacknowledged.clear();
        unacknowledgedBytes = 0;
        nextSequence = 0;
        again = 0;
        replaysWithoutProgress = 0;
        wireEventPs = Long.MAX_VALUE;
        credits.reset();
        if (refused) {
            refused = false;
            user.linkReady(nowPs);
        }
    }

    /** Training has ended: both ends have told their credits. */
    void up(long nowPs) {
        down = false;
        replayAtPs = nowPs + replayPs;
        send(nowPs);
    }

    boolean isDown() {
        return down;
    }

    private boolean hasWork() {
        return !waiting.isEmpty() || own.hasNews() || replaying();
    }

    private boolean replaying() {
        return again < unacknowledged.size();
    }

    private void sendNews(long nowPs) {
        long news = own.takeNews();
        long arrivalPs = wire.send(nowPs, dllpBytes) + flightPs;
        if (errors.hit(dllpBytes)) {
            own.lost(news);
            kernel.at(arrivalPs, peer, Receiver.BAD_NEWS, 0);
        } else {
            kernel.at(arrivalPs, peer, Receiver.NEWS, news);
        }
    }

    private void sendAgain(long nowPs) {
        replays.increment();
        Tlp tlp = unacknowledged.get(again);
        transmit(tlp, unacknowledged.number(again), TlpSize.wireBytes(tlp), nowPs);
        again++;
    }

    private boolean sendNew(long nowPs) {
        if (replayBufferFull()) {
            return false;
        }
        int stuck = withoutCredits();
        int flow = waiting.next(stuck);
        if (flow == FlowQueues.NONE) {
            creditStalls.add(Integer.bitCount(stuck));
            return false;
        }
        Tlp tlp = waiting.take(flow);
        int wireBytes = TlpSize.wireBytes(tlp);
        long sequence = number(flow, tlp, wireBytes);
        tellSent(tlp, wireBytes, transmit(tlp, sequence, wireBytes, nowPs));
        if (refused) {
            refused = false;
            user.linkReady(nowPs);
        }
        return true;
    }

    /** Gives a packet its place in the sequence, and its credits. */
    private long number(int flow, Tlp tlp, int wireBytes) {
        long sequence = nextSequence;
        nextSequence = Sequence.next(nextSequence);
        credits.consume(flow, tlp);
        if (keeps) {
            unacknowledged.add(tlp, sequence, wireBytes);
            unacknowledgedBytes += wireBytes;
            again = unacknowledged.size();
        }
        return sequence;
    }

    private boolean replayBufferFull() {
        return unacknowledgedBytes >= replayBuffer
                || unacknowledged.size() >= Sequence.MOST_OUTSTANDING;
    }

    /** Bits of the flow classes whose first packet the receiver has no room for. */
    private int withoutCredits() {
        int stuck = 0;
        for (int flow = 0; flow < FlowQueues.FLOWS; flow++) {
            if (waiting.size(flow) > 0 && !credits.cover(flow, waiting.first(flow))) {
                stuck |= 1 << flow;
            }
        }
        return stuck;
    }

    /**
     * What waits here, one line for each flow class; only what a run that comes to rest has left.
     *
     * @param lines to which they are added
     */
    void waitingFor(List<String> lines) {
        int stuck = withoutCredits();
        for (int flow = 0; flow < FlowQueues.FLOWS; flow++) {
            if (waiting.size(flow) > 0) {
                boolean credits = (stuck >>> flow & 1) != 0;
                lines.add(
                        trace.laneName(lane)
                                + ": "
                                + waiting.size(flow)
                                + " "
                                + FLOWS[flow]
                                + (credits ? " wait for credits" : " wait behind others"));
            }
        }
    }

    private long transmit(Tlp tlp, long sequence, int size, long nowPs) {
        long arrivalPs = wire.send(nowPs, size) + flightPs;
        boolean wrong = errors.hit(size);
        peer.expect(tlp, sequence, wrong, arrivalPs);
        startReplayTimer(nowPs);
        return arrivalPs;
    }

    private void tellSent(Tlp tlp, int wireBytes, long arrivalPs) {
        packets.increment();
        bytes.add(wireBytes);
        if (trace.wants(Kind.TLP_SENT)) {
            trace.tell(Kind.TLP_SENT, lane, wireBytes, arrivalPs, forwarded, tlp);
        }
    }

    /** The other end has everything up to a sequence number. */
    void acknowledged(int sequence, long nowPs) {
        boolean progress = false;
        while (unacknowledged.size() > 0
                && Sequence.isUpTo(sequence, (int) unacknowledged.firstNumber())) {
            unacknowledgedBytes -= unacknowledged.firstBytes();
            unacknowledged.take();
            again = Math.max(0, again - 1);
            progress = true;
        }
        if (progress) {
            replaysWithoutProgress = 0;
            replayAtPs = nowPs + replayPs;
        }
        send(nowPs);
    }

    /** The other end wants everything again that is not acknowledged. */
    void replay(long nowPs) {
        replay(true, nowPs);
    }

    private void replay(boolean asked, long nowPs) {
        if (unacknowledged.size() == 0) {
            return;
        }
        again = 0;
        replayAtPs = nowPs + replayPs;
        trace.tell(Kind.LINK_REPLAYED, lane, unacknowledged.firstNumber(), asked ? 1 : 0, 0);
        if (++replaysWithoutProgress == REPLAYS_BEFORE_RETRAINING) {
            found.found(LinkErrors.Kind.REPLAY_ROLLOVER, nowPs);
            replaysWithoutProgress = 0;
            wire.pauseUntil(nowPs + RETRAINING_PS);
            replayAtPs += RETRAINING_PS;
        }
        send(nowPs);
    }

    /** The other end has room for more. */
    void credited(int flow, int headerField, int dataField, long nowPs) {
        credits.advertise(flow, headerField, dataField);
        send(nowPs);
    }

    private void startReplayTimer(long nowPs) {
        if (!keeps || replayTimer || !errors.possible()) {
            return;
        }
        replayTimer = true;
        replayAtPs = nowPs + replayPs;
        kernel.at(replayAtPs, this, REPLAY_TIMEOUT, 0);
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        if (kind == REPLAY_TIMEOUT) {
            replayTimeout(nowPs);
        } else {
            wireFree(nowPs);
        }
    }

    private void wireFree(long nowPs) {
        if (nowPs == wireEventPs) {
            wireEventPs = Long.MAX_VALUE;
            send(nowPs);
        }
    }

    private void replayTimeout(long nowPs) {
        replayTimer = false;
        if (unacknowledged.size() == 0) {
            return;
        }
        if (nowPs >= replayAtPs) {
            found.found(LinkErrors.Kind.REPLAY_TIMEOUT, nowPs);
            replay(false, nowPs);
        }
        if (!replayTimer) {
            replayTimer = true;
            kernel.at(Math.max(replayAtPs, nowPs + 1), this, REPLAY_TIMEOUT, 0);
        }
    }

    /** Sends every posted packet that waits at once, past the wire and its clock. */
    void pushPosted(long nowPs) {
        while (waiting.size(FlowQueues.POSTED) > 0 && peer.expects(nextSequence)) {
            Tlp tlp = waiting.take(FlowQueues.POSTED);
            int wireBytes = TlpSize.wireBytes(tlp);
            long sequence = number(FlowQueues.POSTED, tlp, wireBytes);
            tellSent(tlp, wireBytes, nowPs);
            peer.accept(tlp, sequence, nowPs);
        }
    }

    /** What is sent here has been sent before, by somebody else. */
    void forwards() {
        forwarded = 1;
    }

    long idlePs(int wireBytes) {
        return wire.timePs(wireBytes) + flightPs;
    }

    boolean isIdle() {
        return waiting.isEmpty() && unacknowledged.size() == 0;
    }

    BitErrors errors() {
        return errors;
    }

    Credits credits() {
        return credits;
    }
}
