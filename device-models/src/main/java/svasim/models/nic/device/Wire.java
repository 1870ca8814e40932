package svasim.models.nic.device;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.models.nic.config.NicConfig;

/** What carries packets to the card: one after the other, as fast as the wire is. */
final class Wire implements EventHandler {
    /** Preamble, checksum and gap around each frame (IEEE 802.3). */
    private static final int AROUND_BYTES = 24;

    private static final int SENT = 0;
    private static final int ARRIVED = 1;

    private final NicConfig config;
    private final Kernel kernel;
    private final Queue<Frame> sending = new ArrayDeque<>();
    private final Queue<Frame> flying = new ArrayDeque<>();
    private long freePs;

    /** Counts resets: frames of before are not delivered. */
    private int life;

    private record Frame(byte[] packet, QueuePair to, Runnable whenSent) {}

    Wire(NicConfig config, Kernel kernel) {
        this.config = config;
        this.kernel = kernel;
    }

    /**
     * Sends a packet behind those that are waiting.
     *
     * @param whenSent called when its last bit has left
     */
    void send(byte[] packet, QueuePair to, Runnable whenSent) {
        sending.add(new Frame(packet, to, whenSent));
        freePs =
                Math.max(kernel.nowPs(), freePs)
                        + config.rate().transferPs(packet.length + AROUND_BYTES);
        kernel.at(freePs, this, SENT, life);
    }

    @Override
    public void handle(long nowPs, int kind, long begunIn) {
        if (begunIn != life) {
            return;
        }
        if (kind == SENT) {
            Frame frame = sending.remove();
            flying.add(frame);
            kernel.after(config.wireLatency().value(), this, ARRIVED, life);
            frame.whenSent().run();
        } else {
            Frame frame = flying.remove();
            frame.to().arrived(frame.packet());
        }
    }

    /** Packets that are on their way to a queue pair. */
    int underWay(QueuePair to) {
        return count(sending, to) + count(flying, to);
    }

    /** Bytes of packets that are on their way to the card. */
    int bytesUnderWay() {
        return bytes(sending) + bytes(flying);
    }

    void reset() {
        life++;
        sending.clear();
        flying.clear();
        freePs = 0;
    }

    private static int bytes(Queue<Frame> frames) {
        return frames.stream().mapToInt(frame -> frame.packet().length).sum();
    }

    private static int count(Queue<Frame> frames, QueuePair to) {
        return (int) frames.stream().filter(frame -> frame.to() == to).count();
    }
}
