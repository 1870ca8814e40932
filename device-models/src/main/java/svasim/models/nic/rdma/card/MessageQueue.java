package svasim.models.nic.rdma.card;

import java.util.Arrays;
import svasim.device.BufferAccess;
import svasim.device.DeviceHost;
import svasim.device.Words;
import svasim.kernel.EventHandler;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.device.WireShare;
import svasim.models.nic.rdma.layout.MessageCompletion;
import svasim.models.nic.rdma.layout.MessageCompletion.Status;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.pcie.tlp.PasidPrefix;

/** A queue of messages, which is connected to itself: what it sends it receives. */
final class MessageQueue implements WireShare.Receiver, EventHandler {
    /** Answers of the receiver. */
    enum Answer {
        /** All packets before this one have arrived (ACK). */
        ARRIVED,
        /** This packet misses its page (RNR NAK). */
        NOT_READY,
        /** This packet may not be written. */
        REFUSED
    }

    private static final int LIFE_SHIFT = 44;
    private static final long NUMBER_MASK = (1L << LIFE_SHIFT) - 1;

    private final int number;
    private final Shared shared;
    private final BufferAccess memory;
    private final Sender sender;
    private final Receiver receiver;
    private final long[] values = new long[MessageRegister.values().length];
    private long state;
    private long completions;

    /** Counts starts and ends; what was begun before is over. */
    private int life;

    /** What all queues of a card share. */
    record Shared(
            NicConfig config,
            DeviceHost host,
            WireShare wire,
            Regions regions,
            Tables tables,
            Events events,
            Commands commands,
            MessageStatistics statistics) {
        OnDemandConfig onDemand() {
            return config.onDemand();
        }
    }

    MessageQueue(int number, Shared shared) {
        this.number = number;
        this.shared = shared;
        memory = new BufferAccess(shared.host().function().dma(), number);
        sender = new Sender(this, shared, memory);
        receiver = new Receiver(this, shared, memory);
    }

    int number() {
        return number;
    }

    int life() {
        return life;
    }

    long value(MessageRegister register) {
        return values[register.ordinal()];
    }

    boolean isRunning() {
        return state == MessageRegister.RUNNING;
    }

    boolean hasFailed() {
        return state == MessageRegister.ERROR;
    }

    long read(MessageRegister register) {
        changed();
        return register == MessageRegister.CONTROL ? state : value(register);
    }

    void write(MessageRegister register, long value) {
        values[register.ordinal()] = value;
        if (register == MessageRegister.CONTROL) {
            control(value);
        } else if (register == MessageRegister.SEND_TAIL) {
            sender.tail(value);
        }
    }

    private void control(long value) {
        long entries = value(MessageRegister.ENTRIES);
        boolean possible = entries > 0 && entries <= 1 << Short.SIZE;
        boolean idle = memory.outstanding() == 0;
        if (value == MessageRegister.START
                && state != MessageRegister.RUNNING
                && idle
                && possible) {
            clear();
            state = MessageRegister.RUNNING;
        } else if (value == MessageRegister.STOP && state != MessageRegister.STOPPED) {
            clear();
            state = MessageRegister.STOPPING;
            changed();
        }
    }

    /** An access has ended. */
    void changed() {
        if (state == MessageRegister.STOPPING && memory.outstanding() == 0) {
            state = MessageRegister.STOPPED;
        }
    }

    /** A message has failed: nothing more is sent or received. */
    void failed() {
        life++;
        state = MessageRegister.ERROR;
    }

    /** Tells software of the end of a message. */
    void complete(int index, Status status) {
        long entries = value(MessageRegister.ENTRIES);
        boolean phase = completions / entries % 2 == 0;
        long at =
                value(MessageRegister.COMPLETION_BASE)
                        + completions++ % entries * MessageCompletion.BYTES;
        byte[] entry = new byte[MessageCompletion.BYTES];
        long word = new MessageCompletion(index, status, phase).toWord();
        Words.put(entry, 0, Long.BYTES, word);
        memory.write(PasidPrefix.NONE, at, entry, ignored -> changed());
    }

    @Override
    public void arrived(byte[] packet) {
        if (isRunning()) {
            receiver.arrived(packet);
        }
    }

    /** The receiver answers, which takes the way of a packet without its bytes. */
    void answer(Answer answer, long packet) {
        long latencyPs = shared.config().wireLatency().value();
        long token = (long) life << LIFE_SHIFT | packet;
        shared.host().kernel().after(latencyPs, this, answer.ordinal(), token);
    }

    @Override
    public void handle(long nowPs, int kind, long token) {
        if (token >>> LIFE_SHIFT == life) {
            sender.answered(Answer.values()[kind], token & NUMBER_MASK);
        }
    }

    void reset() {
        memory.forget();
        clear();
        Arrays.fill(values, 0);
        state = MessageRegister.STOPPED;
    }

    boolean isIdle() {
        return sender.isIdle() && memory.outstanding() == 0;
    }

    @Override
    public String toString() {
        return "queue " + number + ": " + sender;
    }

    private void clear() {
        life++;
        completions = 0;
        sender.clear();
        receiver.clear();
    }
}
