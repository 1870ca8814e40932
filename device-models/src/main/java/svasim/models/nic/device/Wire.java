package svasim.models.nic.device;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.models.nic.config.Arbitration;
import svasim.models.nic.config.NicConfig;

/**
 * What carries packets to the card: one after the other, as fast as the wire is. The functions of
 * the card take turns, unless the limit of one keeps it from sending.
 */
public final class Wire implements EventHandler {
    /** Preamble, checksum and gap around each frame (IEEE 802.3). */
    private static final int AROUND_BYTES = 24;

    /** Bytes that a function gets with each turn where bytes count: a frame of any size. */
    private static final int QUANTUM_BYTES = 4096 + 4 * AROUND_BYTES;

    private static final int SENT = 0;
    private static final int LIMIT_OVER = 1;

    private final NicConfig config;
    private final Kernel kernel;
    private final List<WireShare> shares = new ArrayList<>();
    private WireShare.Frame onWire;

    /** Whose turn it is. */
    private int turn;

    /** Number of the time-out that counts. */
    private long timer;

    /** The wire of the physical function, or one of its own. */
    public static Wire of(NicConfig config, DeviceHost host) {
        return host.physical() instanceof WireOwner card
                ? card.wire()
                : new Wire(config, host.kernel());
    }

    Wire(NicConfig config, Kernel kernel) {
        this.config = config;
        this.kernel = kernel;
    }

    /** A function of the card begins to use the wire. */
    public WireShare join(NicConfig function) {
        WireShare share = new WireShare(this, kernel, config.wireLatency(), function.limit());
        shares.add(share);
        return share;
    }

    /** A function has something to send. */
    void go() {
        if (onWire != null) {
            return;
        }
        onWire = next();
        if (onWire != null) {
            kernel.after(config.rate().transferPs(bytes(onWire)), this, SENT, 0);
        }
    }

    @Override
    public void handle(long nowPs, int kind, long number) {
        if (kind == SENT) {
            WireShare.Frame frame = onWire;
            onWire = null;
            frame.sent();
            go();
        } else if (number == timer) {
            go();
        }
    }

    private static int bytes(WireShare.Frame frame) {
        return frame.bytes() + AROUND_BYTES;
    }

    private WireShare.Frame next() {
        long earliestPs = Long.MAX_VALUE;
        for (WireShare share : shares) {
            earliestPs = Math.min(earliestPs, share.readyPs());
        }
        if (earliestPs > kernel.nowPs()) {
            timer++;
            if (earliestPs != Long.MAX_VALUE) {
                kernel.after(earliestPs - kernel.nowPs(), this, LIMIT_OVER, timer);
            }
            return null;
        }
        while (!shares.get(turn).maySend(kernel.nowPs(), AROUND_BYTES)) {
            pass();
        }
        WireShare.Frame frame = shares.get(turn).take(AROUND_BYTES);
        if (config.arbitration() == Arbitration.FRAMES) {
            pass();
        }
        return frame;
    }

    /** The turn goes to the next function. */
    private void pass() {
        turn = (turn + 1) % shares.size();
        boolean bytes = config.arbitration() == Arbitration.BYTES;
        shares.get(turn).begin(kernel.nowPs(), bytes ? QUANTUM_BYTES : Integer.MAX_VALUE);
    }
}
