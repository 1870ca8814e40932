package svasim.pcie.fabric;

import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;

/**
 * What comes up through one port: requests are translated at the same time and carried out in the
 * order that PCI Express prescribes ({@link svasim.pcie.tlp.Ordering}): in memory, or in a device
 * behind some port, to which they are sent on. Posted packets (writes, interrupts, page requests,
 * invalidate completions) take effect one after the other unless they are free to pass; reads and
 * completions do so behind the posted packets that came before them. Translation Requests go to the
 * agent as they come.
 *
 * <p>What has its translation but has to stay behind a request that is stalled gives it back, and
 * the agent is asked again after the stall: until software has decided, it may have changed that
 * translation, and it may wait for everything that still uses the old one.
 */
final class Ingress implements TlpSink, EventHandler, TranslationAgent.Reply {
    private static final int REQUEST_READY = 0;
    private static final int WRITE_VISIBLE = 1;
    private static final int READ_DATA = 2;
    private static final int COMPLETION_READY = 3;

    private final Kernel kernel;
    private final TranslationAgent agent;
    private final PendingAccesses pending;
    private final MemoryAccess memory;
    private final ReadAnswers answers;
    private final long requestPs;
    private final long completionPs;
    private final int limit;
    private RootPort port;
    private PeerPorts peers;

    private final Transactions transactions;

    /** By slot: where the access is counted until it is carried out. */
    private final PendingAccesses.Group[] letThrough;

    private final PostedOrder order;
    private final WriteBuffer writes;
    private int readsInFlight;
    private int completionsHeld;
    private int held;
    private boolean committing;

    Ingress(
            String name,
            RootComplexConfig config,
            TranslationAgent agent,
            PendingAccesses pending,
            MemoryAccess memory,
            Host host) {
        this.kernel = host.kernel();
        this.agent = agent;
        this.pending = pending;
        this.memory = memory;
        this.answers = new ReadAnswers(config);
        this.requestPs = config.request().value();
        this.completionPs = config.completion().value();
        this.limit = config.inFlight();
        this.transactions = new Transactions(3 * limit);
        this.letThrough = new PendingAccesses.Group[3 * limit];
        this.order = new PostedOrder(limit, transactions);
        this.writes =
                new WriteBuffer(
                        config.writeBuffer(),
                        3 * limit,
                        name,
                        host,
                        () -> port.retryUpstream(kernel.nowPs()));
    }

    /** The port that belongs to this; once, before the first packet. */
    void connect(RootPort above, PeerPorts others) {
        port = above;
        peers = others;
        answers.connect(above);
    }

    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        return switch (tlp.flowClass()) {
            case POSTED -> takePosted(tlp, nowPs);
            case NON_POSTED -> takeNonPosted(tlp, nowPs);
            case COMPLETION -> takeCompletion(tlp);
        };
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        int slot = (int) data;
        switch (kind) {
            case REQUEST_READY -> start(slot, nowPs);
            case WRITE_VISIBLE -> posted(slot, nowPs);
            case READ_DATA -> {
                memory.read(transactions, slot);
                carriedOut(slot);
                kernel.after(completionPs, this, COMPLETION_READY, slot);
            }
            case COMPLETION_READY -> complete(slot, nowPs);
            default -> throw new IllegalStateException(port.name() + ": event kind " + kind);
        }
    }

    @Override
    public void translated(long token, long address) {
        int slot = (int) token;
        Tlp.MemoryRequest request = transactions.request(slot);
        RootPort peer = null;
        if (!memory.answers(address, request.bytes())) {
            peer = peers.claiming(address);
            if (peer == null) {
                refused(token, CompletionStatus.UNSUPPORTED_REQUEST);
                return;
            }
        }
        boolean wasStalled = transactions.answered(slot);
        transactions.translated(slot, address);
        letThrough[slot] = pending.begin();
        if (peer != null) {
            toPeer(slot, peer);
        } else if (request instanceof Tlp.MemoryWrite) {
            long visiblePs = memory.writeDonePs(kernel.nowPs(), address, request.bytes());
            kernel.at(visiblePs, this, WRITE_VISIBLE, slot);
        } else {
            proceedOrHold(slot);
        }
        if (wasStalled) {
            askAgain();
        }
    }

    @Override
    public void refused(long token, CompletionStatus status) {
        int slot = (int) token;
        boolean wasStalled = transactions.answered(slot);
        transactions.refused(slot, status);
        if (transactions.tlp(slot) instanceof Tlp.MemoryWrite) {
            posted(slot, kernel.nowPs());
        } else {
            proceedOrHold(slot);
        }
        if (wasStalled) {
            askAgain();
        }
    }

    @Override
    public void stalled(long token) {
        transactions.stalled((int) token);
        for (int slot = 0; slot < transactions.capacity(); slot++) {
            if (transactions.isWaiting(slot)) {
                giveBackBehindStalled(slot);
            }
        }
    }

    /** An access that cannot be carried out before software has decided about another one. */
    private void giveBackBehindStalled(int slot) {
        if (letThrough[slot] != null && order.behindStalled(slot)) {
            held -= transactions.isHeld(slot) ? 1 : 0;
            transactions.giveBack(slot);
            carriedOut(slot);
        }
    }

    /** A stall is over: who no longer stays behind one needs a translation. */
    private void askAgain() {
        for (int i = 0; i < order.size(); i++) {
            askAgain(order.slot(i));
        }
        for (int slot = 0; slot < transactions.capacity(); slot++) {
            askAgain(slot);
        }
    }

    private void askAgain(int slot) {
        if (transactions.isGivenBack(slot) && !order.behindStalled(slot)) {
            transactions.askedAgain(slot);
            agent.translate(transactions.request(slot), kernel.nowPs(), slot, this);
        }
    }

    private boolean takePosted(Tlp tlp, long nowPs) {
        boolean full = tlp instanceof Tlp.MemoryWrite write && !writes.hasRoom(write);
        if (order.isFull() || full) {
            return false;
        }
        int slot = transactions.begin(tlp);
        order.add(slot);
        if (tlp instanceof Tlp.MemoryWrite write) {
            writes.enter(slot, write, nowPs);
        }
        kernel.at(nowPs + requestPs, this, REQUEST_READY, slot);
        return true;
    }

    private boolean takeNonPosted(Tlp tlp, long nowPs) {
        if (readsInFlight == limit || port.backlogged()) {
            return false;
        }
        readsInFlight++;
        int slot = transactions.begin(tlp);
        kernel.at(nowPs + requestPs, this, REQUEST_READY, slot);
        return true;
    }

    private boolean takeCompletion(Tlp tlp) {
        if (completionsHeld == limit) {
            return false;
        }
        completionsHeld++;
        proceedOrHold(transactions.begin(tlp));
        return true;
    }

    private void start(int slot, long nowPs) {
        Tlp tlp = transactions.tlp(slot);
        Tlp.MemoryRequest request = transactions.request(slot);
        if (request != null) {
            startMemory(slot, request, nowPs);
        } else if (tlp instanceof Tlp.TranslationRequest) {
            endRead(slot, nowPs);
            agent.receive(tlp, nowPs);
        } else if (tlp.flowClass() == FlowClass.NON_POSTED) {
            refused(slot, CompletionStatus.UNSUPPORTED_REQUEST);
        } else {
            posted(slot, nowPs);
        }
    }

    private void startMemory(int slot, Tlp.MemoryRequest request, long nowPs) {
        if (memory.isInterrupt(request)) {
            transactions.translated(slot, request.address());
            posted(slot, nowPs);
        } else if (request.addressType() == AddressType.RESERVED
                || request instanceof Tlp.DeferrableWrite
                || request instanceof AtomicRequest && request.attributes().poisoned()) {
            refused(slot, CompletionStatus.UNSUPPORTED_REQUEST);
        } else {
            startTranslation(slot, request, nowPs);
        }
    }

    /** Asks the agent, unless access control lets the request go straight to a peer. */
    private void startTranslation(int slot, Tlp.MemoryRequest request, long nowPs) {
        RootPort peer = peers.claiming(request.address());
        switch (peer == null ? AccessControl.Way.UP : port.way(request, peer)) {
            case UP -> agent.translate(request, nowPs, slot, this);
            case PEER -> {
                port.tellSentToPeer(request);
                transactions.translated(slot, request.address());
                toPeer(slot, peer);
            }
            case NOWHERE ->
                    refused(
                            slot,
                            peer == port
                                    ? CompletionStatus.UNSUPPORTED_REQUEST
                                    : CompletionStatus.COMPLETER_ABORT);
        }
    }

    /** The request is carried out by a device: no sooner than there is a way down to it. */
    private void toPeer(int slot, RootPort peer) {
        transactions.toPeer(slot, peer);
        if (!peer.isLinkUp()) {
            carriedOut(slot);
            refused(slot, CompletionStatus.UNSUPPORTED_REQUEST);
        } else if (transactions.tlp(slot) instanceof Tlp.MemoryWrite) {
            peer.whenRoom(() -> posted(slot, kernel.nowPs()));
        } else {
            proceedOrHold(slot);
        }
    }

    private void forward(int slot, RootPort peer) {
        boolean translated = letThrough[slot] != null;
        new PeerRequest(transactions.request(slot), transactions.address(slot), translated)
                .send(peer.maxPayloadBytes(), tlp -> peer.send(tlp, kernel.nowPs()));
        carriedOut(slot);
    }

    /** A posted packet may take effect; does so, with its followers, if none holds it. */
    private void posted(int slot, long nowPs) {
        transactions.ready(slot);
        giveBackBehindStalled(slot);
        if (committing) {
            return;
        }
        committing = true;
        boolean moved = false;
        for (int next = order.takeReady(); next != PostedOrder.NONE; next = order.takeReady()) {
            commit(next, nowPs);
            moved = true;
        }
        committing = false;
        if (moved) {
            release();
            port.retryUpstream(nowPs);
        }
    }

    private void commit(int slot, long nowPs) {
        Tlp tlp = transactions.tlp(slot);
        boolean refused = transactions.status(slot) != CompletionStatus.SUCCESS;
        boolean carriedOut = !refused && !transactions.readsAsZero(slot);
        if (refused) {
            port.drop(tlp, DropReason.REFUSED);
        } else if (tlp.attributes().poisoned()) {
            port.drop(tlp, DropReason.POISONED);
            carriedOut(slot);
        } else if (carriedOut && transactions.peer(slot) != null) {
            forward(slot, transactions.peer(slot));
        } else if (tlp instanceof Tlp.MemoryWrite write && carriedOut) {
            memory.write(write, transactions.address(slot), nowPs);
            carriedOut(slot);
        } else if (tlp instanceof Tlp.PageRequest || tlp instanceof Tlp.InvalidateCompletion) {
            agent.receive(tlp, nowPs);
        } else if (ErrorReporter.severity(tlp) != null) {
            port.errorReported(tlp, nowPs);
        } else if (carriedOut) {
            port.drop(tlp, DropReason.UNSUPPORTED_REQUEST);
        }
        if (tlp instanceof Tlp.MemoryWrite write) {
            writes.carriedOut(slot, write, nowPs);
        }
        transactions.end(slot);
    }

    /** An access that the agent let through has reached memory; interrupts are not counted. */
    private void carriedOut(int slot) {
        if (letThrough[slot] != null) {
            pending.end(letThrough[slot]);
            letThrough[slot] = null;
        }
    }

    /** Carries out a read or hands on a completion, if no posted packet has to go before. */
    private void proceedOrHold(int slot) {
        if (order.holds(slot)) {
            transactions.ready(slot);
            held++;
            giveBackBehindStalled(slot);
        } else {
            proceed(slot);
        }
    }

    private void release() {
        for (int slot = 0; held > 0 && slot < transactions.capacity(); slot++) {
            if (transactions.isHeld(slot) && !order.holds(slot)) {
                held--;
                transactions.released(slot);
                proceed(slot);
            }
        }
    }

    private void proceed(int slot) {
        RootPort peer = transactions.peer(slot);
        if (transactions.tlp(slot) instanceof Tlp.Completion completion) {
            answered(slot, completion);
        } else if (peer != null && transactions.hasAddress(slot)) {
            peer.whenRoom(
                    () -> {
                        forward(slot, peer);
                        endRead(slot, kernel.nowPs());
                    });
        } else if (transactions.hasAddress(slot)) {
            Tlp.MemoryRequest request = transactions.request(slot);
            long address = transactions.address(slot);
            long donePs = memory.readDonePs(kernel.nowPs(), address, request.bytes());
            kernel.at(donePs, this, READ_DATA, slot);
        } else {
            kernel.after(completionPs, this, COMPLETION_READY, slot);
        }
    }

    /** A function has answered: the host, or a peer behind some port. */
    private void answered(int slot, Tlp.Completion completion) {
        boolean ofHost = completion.requesterId() == peers.completerId();
        RootPort peer = ofHost ? null : peers.answering(completion.requesterId());
        if (peer == null) {
            endCompletion(slot);
            port.completed(completion);
        } else if (peer.backlogged()) {
            peer.whenRoom(
                    () -> {
                        sendOn(slot, completion, peer);
                        port.retryUpstream(kernel.nowPs());
                    });
        } else {
            sendOn(slot, completion, peer);
        }
    }

    private void sendOn(int slot, Tlp.Completion completion, RootPort peer) {
        endCompletion(slot);
        peer.send(completion, kernel.nowPs());
    }

    private void endCompletion(int slot) {
        completionsHeld--;
        transactions.end(slot);
    }

    private void complete(int slot, long nowPs) {
        answers.send(transactions, slot, nowPs);
        endRead(slot, nowPs);
    }

    private void endRead(int slot, long nowPs) {
        transactions.end(slot);
        readsInFlight--;
        port.retryUpstream(nowPs);
    }
}
