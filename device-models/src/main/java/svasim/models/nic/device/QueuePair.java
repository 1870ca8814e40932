package svasim.models.nic.device;

import static svasim.models.nic.layout.QueueRegister.BURST_SHIFT;
import static svasim.models.nic.layout.QueueRegister.KIND_SHIFT;

import java.util.Arrays;
import svasim.device.BufferAccess;
import svasim.device.DeviceHost;
import svasim.device.load.Arrivals;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.layout.QueueRegister;
import svasim.stats.Counter;

/** A transmit ring, a receive ring and the completion ring of both, with their registers. */
final class QueuePair implements WireShare.Receiver {
    private static final long BYTE_MASK = 0xFF;

    private final int number;
    private final BufferAccess memory;
    private final Moderation moderation;
    private final Completions completions;
    private final Transmitter transmitter;
    private final Receiver receiver;
    private final PacketBuffer buffer;
    private final WireShare wire;
    private final Peer peer;
    private final long[] values = new long[QueueRegister.values().length];
    private long state;

    /** What all queue pairs of a card share. */
    record Shared(
            NicConfig config,
            DeviceHost host,
            PacketBuffer buffer,
            WireShare wire,
            Counter interrupts,
            Counter lost) {}

    QueuePair(int number, Shared shared) {
        this.number = number;
        DeviceHost host = shared.host();
        NicConfig config = shared.config();
        buffer = shared.buffer();
        wire = shared.wire();
        memory = new BufferAccess(host.function().dma(), number);
        moderation = new Moderation(config, host, shared.interrupts());
        completions = new Completions(memory, moderation, shared.lost());
        transmitter = new Transmitter(this, memory, wire);
        receiver = new Receiver(this, memory, shared);
        peer =
                new Peer(
                        this,
                        wire,
                        host.kernel(),
                        host.kernel().random(host.name() + ".peer" + number));
    }

    Completions completions() {
        return completions;
    }

    boolean isRunning() {
        return state == QueueRegister.RUNNING;
    }

    /** A packet is in the card. */
    @Override
    public void arrived(byte[] packet) {
        receiver.arrived(packet);
    }

    /**
     * Whether a peer may send, in a closed loop.
     *
     * @param depth packets that may be between the wire and software
     */
    boolean hasPlace(int bytes, long depth) {
        long free = receiver.free() - wire.underWay(this);
        long used = values[QueueRegister.ENTRIES.ordinal()] - free;
        return isRunning() && free > 0 && used < depth && buffer.fits(bytes + wire.bytesUnderWay());
    }

    /** Something has ended. */
    void changed() {
        peer.more();
        if (state == QueueRegister.STOPPING && isIdle()) {
            state = QueueRegister.STOPPED;
            moderation.reset();
        }
    }

    long read(QueueRegister register) {
        return switch (register) {
            case CONTROL -> {
                changed();
                yield state;
            }
            case DROPPED -> receiver.dropped();
            default -> values[register.ordinal()];
        };
    }

    void write(QueueRegister register, long value) {
        values[register.ordinal()] = value;
        switch (register) {
            case CONTROL -> control(value);
            case MESSAGE_ADDRESS -> moderation.address(value);
            case MESSAGE_DATA -> moderation.data((int) value);
            case TRANSMIT_TAIL -> {
                transmitter.ring().tail(value);
                transmitter.go();
            }
            case RECEIVE_TAIL -> {
                receiver.ring().tail(value);
                receiver.go();
                peer.more();
            }
            case COMPLETION_HEAD ->
                    completions.read(value & ~QueueRegister.ARM, (value & QueueRegister.ARM) != 0);
            case PEER_DEPTH -> peer.depth(value);
            case PEER_COUNT -> startPeer(value);
            default -> {}
        }
    }

    /** As after power-on. */
    void reset() {
        clear();
        Arrays.fill(values, 0);
        moderation.address(0);
        moderation.data(0);
        peer.reset();
    }

    private void clear() {
        memory.forget();
        peer.stop();
        transmitter.reset();
        receiver.reset();
        completions.reset();
        state = QueueRegister.STOPPED;
    }

    boolean isIdle() {
        return transmitter.isIdle() && receiver.isIdle() && memory.outstanding() == 0;
    }

    @Override
    public String toString() {
        return "queue pair " + number + ": " + memory.outstanding() + " buffers on their way";
    }

    private void control(long value) {
        if (value == QueueRegister.START && state == QueueRegister.STOPPED) {
            start();
        } else if (value == QueueRegister.STOP && state == QueueRegister.RUNNING) {
            peer.stop();
            state = QueueRegister.STOPPING;
            changed();
        }
    }

    /** A number of descriptors that cannot be leaves the queue stopped. */
    private void start() {
        long entries = values[QueueRegister.ENTRIES.ordinal()];
        if (entries <= 0 || entries > 1 << Short.SIZE) {
            return;
        }
        clear();
        transmitter.ring().place(values[QueueRegister.TRANSMIT_BASE.ordinal()], entries);
        receiver.ring().place(values[QueueRegister.RECEIVE_BASE.ordinal()], entries);
        completions.place(values[QueueRegister.COMPLETION_BASE.ordinal()], 2 * entries);
        state = QueueRegister.RUNNING;
    }

    private void startPeer(long count) {
        long shape = values[QueueRegister.PEER_SHAPE.ordinal()];
        Arrivals.Process[] kinds = Arrivals.Process.values();
        int kind = (int) (shape >>> KIND_SHIFT & BYTE_MASK);
        long intervalPs = values[QueueRegister.PEER_INTERVAL.ordinal()];
        int burst = (int) (shape >>> BURST_SHIFT);
        if (kind < kinds.length && intervalPs >= 0 && burst > 0) {
            peer.shape(new Arrivals(kinds[kind], intervalPs, burst), (int) shape);
            peer.start(count);
        }
    }
}
