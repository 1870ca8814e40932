package svasim.models.nic.device;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.units.Bandwidth;
import svasim.units.Picoseconds;

/** Frames of one function: those that wait for the wire, and those on their way to the card. */
public final class WireShare implements EventHandler {
    private final Wire wire;
    private final Kernel kernel;
    private final Picoseconds latency;

    /** Null for none. */
    private final Bandwidth limit;

    private final Queue<Frame> waiting = new ArrayDeque<>();
    private final Queue<Frame> underWay = new ArrayDeque<>();
    private final Queue<Frame> flying = new ArrayDeque<>();
    private long allowedPs;
    private long credit;

    /** Counts resets: frames of before are not delivered. */
    private int life;

    /** Gets what comes off the wire. */
    @FunctionalInterface
    public interface Receiver {
        void arrived(byte[] packet);
    }

    /** A packet on its way. */
    record Frame(WireShare share, int life, byte[] packet, Receiver to, Runnable whenSent) {
        int bytes() {
            return packet.length;
        }

        /** Its last bit has left. */
        void sent() {
            if (life == share.life) {
                share.flying.add(this);
                share.kernel.after(share.latency.value(), share, 0, life);
                whenSent.run();
            }
        }
    }

    WireShare(Wire wire, Kernel kernel, Picoseconds latency, Bandwidth limit) {
        this.wire = wire;
        this.kernel = kernel;
        this.latency = latency;
        this.limit = limit;
    }

    /**
     * Sends a packet behind those of the function that are waiting.
     *
     * @param whenSent called when its last bit has left
     */
    public void send(byte[] packet, Receiver to, Runnable whenSent) {
        Frame frame = new Frame(this, life, packet, to, whenSent);
        waiting.add(frame);
        underWay.add(frame);
        wire.go();
    }

    @Override
    public void handle(long nowPs, int kind, long begunIn) {
        if (begunIn == life) {
            Frame frame = flying.remove();
            underWay.remove();
            frame.to().arrived(frame.packet());
        }
    }

    /** Packets that are on their way to a receiver. */
    int underWay(Receiver to) {
        return (int) underWay.stream().filter(frame -> frame.to() == to).count();
    }

    /** Bytes of packets that are on their way to the card. */
    int bytesUnderWay() {
        return underWay.stream().mapToInt(Frame::bytes).sum();
    }

    /** The function was reset. */
    public void reset() {
        life++;
        waiting.clear();
        underWay.clear();
        flying.clear();
        allowedPs = 0;
    }

    /** When the next frame may be sent; {@link Long#MAX_VALUE} if there is none. */
    long readyPs() {
        return waiting.isEmpty() ? Long.MAX_VALUE : allowedPs;
    }

    /** The function has its turn, and may send so many bytes more. */
    void begin(long nowPs, int quantum) {
        boolean idle = readyPs() > nowPs;
        credit = idle ? 0 : Math.min(credit + quantum, Integer.MAX_VALUE);
    }

    /**
     * @param around bytes around each packet
     */
    boolean maySend(long nowPs, int around) {
        return readyPs() <= nowPs && waiting.element().bytes() + around <= credit;
    }

    /** The next frame, of a function that may send. */
    Frame take(int around) {
        Frame frame = waiting.remove();
        int bytes = frame.bytes() + around;
        credit -= bytes;
        if (limit != null) {
            allowedPs = kernel.nowPs() + limit.transferPs(bytes);
        }
        return frame;
    }
}
