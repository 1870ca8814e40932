package svasim.models.nic.device;

import svasim.device.load.Arrivals;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.RandomStream;
import svasim.models.nic.traffic.Payload;

/**
 * Who sends to a queue pair from the other end of the wire. In a closed loop it sends as long as
 * software has place for packets, as a sender does that is told of the receiver's window.
 */
final class Peer implements EventHandler {
    private final QueuePair queue;
    private final WireShare wire;
    private final Kernel kernel;
    private final RandomStream random;
    private Arrivals arrivals;
    private int bytes;
    private long depth;
    private long left;
    private long number;
    private long intendedPs;
    private boolean onWire;

    /** Number of the run; what belongs to another is over. */
    private long run;

    Peer(QueuePair queue, WireShare wire, Kernel kernel, RandomStream random) {
        this.queue = queue;
        this.wire = wire;
        this.kernel = kernel;
        this.random = random;
    }

    void shape(Arrivals wanted, int packetBytes) {
        arrivals = wanted;
        bytes = packetBytes;
    }

    /** Packets that may wait for software. */
    void depth(long most) {
        depth = most;
    }

    /** Sends packets from now on. */
    void start(long count) {
        boolean sendable = bytes >= Payload.LEAST_BYTES && bytes <= Payload.MOST_BYTES;
        if (arrivals == null || !sendable || count <= 0) {
            return;
        }
        run++;
        left = count;
        number = 0;
        onWire = false;
        intendedPs = kernel.nowPs();
        if (arrivals.isClosed()) {
            more();
        } else {
            plan();
        }
    }

    /** Something has changed that a closed loop waits for. */
    void more() {
        if (left == 0 || onWire || !arrivals.isClosed() || !queue.hasPlace(bytes, depth)) {
            return;
        }
        onWire = true;
        intendedPs = kernel.nowPs();
        send();
    }

    @Override
    public void handle(long nowPs, int kind, long ofRun) {
        if (ofRun == run) {
            send();
            if (left > 0) {
                plan();
            }
        }
    }

    void stop() {
        run++;
        left = 0;
    }

    /** As after power-on. */
    void reset() {
        stop();
        arrivals = null;
        bytes = 0;
        depth = 0;
    }

    private void plan() {
        intendedPs += arrivals.gapPs(number, random);
        kernel.at(intendedPs, this, 0, run);
    }

    private void send() {
        left--;
        long ofRun = run;
        wire.send(Payload.of(number++, intendedPs, bytes), queue, () -> sent(ofRun));
    }

    private void sent(long ofRun) {
        if (ofRun == run) {
            onWire = false;
            more();
        }
    }
}
