package svasim.pcie.fabric;

import org.HdrHistogram.Histogram;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/** Cache lines that posted writes of one port occupy in the root complex. */
final class WriteBuffer implements EventHandler {
    private static final int LINE_SHIFT = 6;

    private final int limit;
    private final long holdPs;
    private final Kernel kernel;
    private final Runnable whenRoom;
    private final long[] sincePs;
    private final Histogram residency;
    private final Counter mean;
    private final Counter most;
    private int used;
    private double linePs;
    private long firstPs = -1;
    private long lastPs;

    /**
     * @param slots transactions that there may be
     * @param whenRoom called when lines are free that were full
     */
    WriteBuffer(WriteBufferConfig config, int slots, String port, Host host, Runnable whenRoom) {
        Statistics statistics = host.statistics();
        holdPs = config.hold().value();
        kernel = host.kernel();
        this.whenRoom = whenRoom;
        limit = config.lines() == null ? Integer.MAX_VALUE : config.lines();
        sincePs = new long[slots];
        residency =
                statistics.latency(
                        port + ".write.residency.ps", "that a write stays in the root complex");
        mean =
                statistics.counter(
                        port + ".write.lines",
                        "cache lines that writes occupy on average, from the first to the last");
        most = statistics.counter(port + ".write.lines.most", "the largest number of them");
    }

    boolean hasRoom(Tlp.MemoryWrite write) {
        return used + lines(write) <= limit;
    }

    void enter(int slot, Tlp.MemoryWrite write, long nowPs) {
        account(nowPs);
        sincePs[slot] = nowPs;
        used += lines(write);
        most.add(Math.max(0, used - most.value()));
    }

    /** The write is in memory, or was refused. */
    void carriedOut(int slot, Tlp.MemoryWrite write, long nowPs) {
        residency.recordValue(nowPs + holdPs - sincePs[slot]);
        if (holdPs == 0) {
            leave(lines(write), nowPs);
        } else {
            kernel.after(holdPs, this, 0, lines(write));
        }
    }

    @Override
    public void handle(long nowPs, int kind, long lines) {
        leave((int) lines, nowPs);
        whenRoom.run();
    }

    private void leave(int lines, long nowPs) {
        account(nowPs);
        used -= lines;
        if (nowPs > firstPs) {
            mean.add(Math.round(linePs / (nowPs - firstPs)) - mean.value());
        }
    }

    private void account(long nowPs) {
        if (firstPs < 0) {
            firstPs = nowPs;
            lastPs = nowPs;
        }
        linePs += (double) used * (nowPs - lastPs);
        lastPs = nowPs;
    }

    private static int lines(Tlp.MemoryWrite write) {
        long last = write.address() + Math.max(1, write.bytes()) - 1;
        return (int) ((last >>> LINE_SHIFT) - (write.address() >>> LINE_SHIFT)) + 1;
    }
}
