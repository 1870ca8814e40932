package svasim.models.nic.rdma.card;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import svasim.device.BufferAccess;
import svasim.kernel.EventHandler;
import svasim.models.nic.rdma.layout.FaultEvent;
import svasim.models.nic.rdma.layout.MessageCompletion.Status;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.models.nic.rdma.layout.WorkRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Reads messages from memory and sends them packet by packet; stops while a page is missing, and
 * begins again with the first packet that the receiver does not have (go-back-N).
 */
final class Sender implements EventHandler, SendRing.Taker {
    private static final int DELAY_OVER = 0;
    private static final int TIMEOUT = 1;

    /** Messages that are known beyond the one that is sent. */
    private static final int MESSAGES = 8;

    private final MessageQueue queue;
    private final MessageQueue.Shared shared;
    private final BufferAccess memory;
    private final Deque<Message> messages = new ArrayDeque<>();
    private final Queue<Outgoing> outgoing = new ArrayDeque<>();
    private final SendRing ring;

    /** Packets that belong to messages which are known. */
    private long numbered;

    /** Packet that is to be read next. */
    private long next;

    /** Packets that the receiver has. */
    private long arrived;

    /** Packets that have ever been on the wire. */
    private long sent;

    /** Waits for a page. */
    private boolean stalled;

    /** Number of the delay that holds packets back; 0 for none. */
    private long held;

    private long timers;
    private long timeout;

    Sender(MessageQueue queue, MessageQueue.Shared shared, BufferAccess memory) {
        this.queue = queue;
        this.shared = shared;
        this.memory = memory;
        this.ring = new SendRing(queue, memory, this);
    }

    /** Software has written so many work requests; a number that cannot be is ignored. */
    void tail(long written) {
        if (ring.tail(written)) {
            go();
        }
    }

    boolean isIdle() {
        return messages.isEmpty() && ring.isIdle() && outgoing.isEmpty();
    }

    void clear() {
        messages.clear();
        cancelFrom(0);
        ring.clear();
        numbered = 0;
        next = 0;
        arrived = 0;
        sent = 0;
        stalled = false;
        held = 0;
        timeout = 0;
    }

    void answered(MessageQueue.Answer answer, long packet) {
        switch (answer) {
            case ARRIVED -> arrived(packet);
            case NOT_READY -> waitForReceiver(packet);
            case REFUSED -> refused(packet);
        }
    }

    @Override
    public void handle(long nowPs, int kind, long number) {
        if (kind == DELAY_OVER && number == held) {
            held = 0;
            go();
        } else if (kind == TIMEOUT && number == timeout) {
            timeout = 0;
            goBack(arrived);
            go();
        }
    }

    @Override
    public String toString() {
        return messages.size() + " messages, packet " + arrived + (stalled ? " misses a page" : "");
    }

    private void go() {
        ring.fetch();
        while (queue.isRunning() && mayRead()) {
            Message message = messageOf(next);
            if (message == null) {
                return;
            }
            start(message, next++);
        }
    }

    private boolean mayRead() {
        return !stalled && held == 0 && next < numbered && next < arrived + window();
    }

    private int window() {
        return shared.onDemand().window();
    }

    private Message messageOf(long packet) {
        for (Message message : messages) {
            if (packet < message.end()) {
                return message;
            }
        }
        return null;
    }

    @Override
    public boolean hasRoom() {
        return messages.size() < MESSAGES;
    }

    @Override
    public void take(int index, WorkRequest request, DmaStatus status) {
        Message message = new Message(index, request, numbered);
        messages.add(message);
        if (status != DmaStatus.OK) {
            fail(message, Status.DMA_ERROR);
        } else if (request.bytes() <= 0) {
            fail(message, Status.LOCAL_ERROR);
        } else {
            numbered = message.end();
            go();
        }
    }

    private void start(Message message, long packet) {
        WorkRequest request = message.request();
        int offset = message.offset(packet);
        int bytes = Math.min(Message.PACKET_BYTES, request.bytes() - offset);
        long domain = queue.value(MessageRegister.DOMAIN);
        long address = request.localAddress() + offset;
        Region region = shared.regions().find(request.localKey(), domain, address, bytes);
        if (region == null) {
            fail(message, Status.LOCAL_ERROR);
            return;
        }
        PacketAccess access = new PacketAccess(region, address, bytes, false);
        Outgoing one = new Outgoing(message, packet, access);
        outgoing.add(one);
        shared.tables().prepare(access, () -> prepared(one));
    }

    private void prepared(Outgoing one) {
        if (one.isCancelled()) {
            return;
        }
        if (!one.access().missing().isEmpty()) {
            missing(one);
            return;
        }
        List<PacketAccess.Piece> pieces = one.access().begin();
        one.pieces(pieces.size());
        for (PacketAccess.Piece piece : pieces) {
            byte[] bytes = new byte[piece.bytes()];
            memory.read(
                    PasidPrefix.NONE,
                    piece.address(),
                    bytes,
                    status -> {
                        one.store(bytes, piece.from(), status);
                        if (one.isRead()) {
                            read(one);
                        }
                    });
        }
    }

    private void missing(Outgoing one) {
        stalled = true;
        cancelFrom(one.number());
        next = one.number();
        Message message = one.message();
        int offset = message.offset(one.number());
        int life = queue.life();
        FaultEvent event =
                FaultEvent.of(
                        FaultEvent.Cause.WQE,
                        queue.number(),
                        message.index(),
                        message.request().localKey(),
                        one.access().address(),
                        new FaultEvent.Packet(
                                one.access().bytes(), message.request().bytes() - offset, offset));
        shared.events()
                .raise(
                        event,
                        error -> {
                            if (life == queue.life()) {
                                resumed(message, error);
                            }
                        });
    }

    /** A message that has ended meanwhile does not mind. */
    private void resumed(Message message, boolean error) {
        stalled = false;
        if (error && messages.contains(message)) {
            fail(message, Status.LOCAL_ERROR);
        } else {
            go();
        }
    }

    private void read(Outgoing one) {
        one.access().over();
        shared.commands().accessOver();
        queue.changed();
        if (one.isCancelled()) {
            return;
        }
        if (one.hasFailed()) {
            fail(one.message(), Status.DMA_ERROR);
            return;
        }
        while (!outgoing.isEmpty() && outgoing.element().isRead()) {
            send(outgoing.remove());
        }
        go();
    }

    private void send(Outgoing one) {
        shared.statistics().sent(one.number() < sent);
        sent = Math.max(sent, one.number() + 1);
        shared.wire().send(one.packet(), queue, () -> {});
        if (timeout == 0) {
            startTimeout();
        }
    }

    private void startTimeout() {
        timeout = ++timers;
        long ps = shared.onDemand().timeout().value();
        shared.host().kernel().after(ps, this, TIMEOUT, timeout);
    }

    private void arrived(long packets) {
        if (packets <= arrived) {
            return;
        }
        arrived = packets;
        next = Math.max(next, arrived);
        timeout = 0;
        if (arrived < sent) {
            startTimeout();
        }
        while (!messages.isEmpty() && messages.element().end() <= arrived) {
            queue.complete(messages.remove().index(), Status.SUCCESS);
        }
        go();
    }

    private void waitForReceiver(long packet) {
        if (packet < arrived) {
            return;
        }
        goBack(packet);
        timeout = 0;
        held = ++timers;
        long ps = shared.onDemand().rnrDelay().value();
        shared.host().kernel().after(ps, this, DELAY_OVER, held);
    }

    private void refused(long packet) {
        Message message = messageOf(packet);
        if (message != null) {
            fail(message, Status.REMOTE_ERROR);
        }
    }

    /** Sends again from a packet on; while a page is missing, that is so anyway. */
    private void goBack(long packet) {
        cancelFrom(packet);
        next = Math.min(next, packet);
    }

    private void cancelFrom(long packet) {
        outgoing.forEach(one -> one.cancelFrom(packet));
        outgoing.removeIf(Outgoing::isCancelled);
    }

    /** Every message ends, this one with its reason. */
    private void fail(Message failed, Status why) {
        queue.failed();
        for (Message message : messages) {
            queue.complete(message.index(), message == failed ? why : Status.FLUSHED);
        }
        messages.clear();
        cancelFrom(0);
        ring.fetch();
    }
}
