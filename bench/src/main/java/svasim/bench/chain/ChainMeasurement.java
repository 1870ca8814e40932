package svasim.bench.chain;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * One point: a machine that is warmed up and then measured over several windows of accesses; the
 * line gives the median window, of the processor time that the thread had.
 */
final class ChainMeasurement {
    private static final int WINDOWS = 7;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ChainPoint point;
    private final long warmUp;
    private final long window;

    /**
     * @param warmUp accesses before the clock runs
     * @param window accesses of a window
     */
    ChainMeasurement(ChainPoint point, long warmUp, long window) {
        this.point = point;
        this.warmUp = warmUp;
        this.window = window;
    }

    /** Runs the point and returns its line. */
    String measure() {
        ChainRun run = new ChainRun(point);
        run.run(warmUp);
        double[] nsPerDma = new double[WINDOWS];
        long eventsBefore = run.machine().hardware().kernel().eventsRun();
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        long dmas = 0;
        for (int i = 0; i < WINDOWS; i++) {
            long startNs = threads.getCurrentThreadCpuTime();
            long done = run.run(window);
            nsPerDma[i] = (double) (threads.getCurrentThreadCpuTime() - startNs) / done;
            dmas += done;
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        long events = run.machine().hardware().kernel().eventsRun() - eventsBefore;
        Arrays.sort(nsPerDma);
        double median = nsPerDma[WINDOWS / 2];
        return String.format(
                Locale.ROOT,
                "workload=chain-%s dma_per_s=%.0f ns_per_dma=%.0f events_per_dma=%.1f"
                        + " alloc_b_per_dma=%.1f invariants=%s trace=%s unit=%s jdk=%s",
                point.pattern().name().toLowerCase(Locale.ROOT),
                1e9 / median,
                median,
                (double) events / dmas,
                (double) bytes / dmas,
                onOrOff(point.invariants()),
                onOrOff(point.trace()),
                point.unit().name().toLowerCase(Locale.ROOT),
                Runtime.version().feature());
    }

    private static String onOrOff(boolean on) {
        return on ? "on" : "off";
    }
}
