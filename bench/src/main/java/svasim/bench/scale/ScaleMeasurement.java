package svasim.bench.scale;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * One point: set-up in processor time of the whole Java machine, with compilation and collection;
 * bytes that stay in its heap; then windows of accesses, in processor time of the thread, of which
 * the median counts.
 */
final class ScaleMeasurement {
    private static final int WINDOWS = 5;

    /** Of accesses, before the windows and in each; fewer if there are fewer. */
    private static final long WARM_UP = 200_000;

    private static final long WINDOW = 60_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ScaleSubject subject;
    private final int n;
    private final boolean invariants;

    ScaleMeasurement(ScaleSubject subject, int n, boolean invariants) {
        this.subject = subject;
        this.n = n;
        this.invariants = invariants;
    }

    /** Runs the point and returns its line. */
    String measure() {
        ScaledMachine scaled = subject.machine(n);
        long heapBefore = heap();
        long startNs = system.getProcessCpuTime();
        ScaleRun run = new ScaleRun(scaled, invariants);
        double madeMs = (system.getProcessCpuTime() - startNs) / 1e6;
        run.setUp();
        double setUpMs = (system.getProcessCpuTime() - startNs) / 1e6;
        long bytes = heap() - heapBefore;
        long setUpEvents = run.events();
        Use use = subject == ScaleSubject.EVENTS ? oneRun(run) : accesses(run, scaled);
        double endMs = scaled.ends() ? end(run) : 0;
        return String.format(
                Locale.ROOT,
                "workload=scale-%s N=%d made_ms=%.0f setup_ms=%.0f setup_us_per_n=%.1f"
                        + " setup_events_per_n=%.1f bytes_per_n=%d heap_mib=%d ns_per_event=%.0f"
                        + " ns_per_dma=%.0f events_per_dma=%.1f%s invariants=%s jdk=%d",
                subject.name().toLowerCase(Locale.ROOT),
                n,
                madeMs,
                setUpMs,
                setUpMs * 1e3 / n,
                (double) setUpEvents / n,
                bytes / n,
                heap() >> 20,
                use.nsPerEvent,
                use.nsPerDma,
                use.eventsPerDma,
                scaled.ends()
                        ? String.format(Locale.ROOT, " end_us_per_n=%.1f", endMs * 1e3 / n)
                        : "",
                invariants ? "on" : "off",
                Runtime.version().feature());
    }

    private record Use(double nsPerEvent, double nsPerDma, double eventsPerDma) {}

    private Use accesses(ScaleRun run, ScaledMachine scaled) {
        long share = scaled.ends() ? Math.max(1, n / (WINDOWS + 3)) : Long.MAX_VALUE;
        run.run(Math.min(WARM_UP, share));
        double[] nsPerDma = new double[WINDOWS];
        double[] nsPerEvent = new double[WINDOWS];
        long eventsBefore = run.events();
        long dmas = 0;
        for (int i = 0; i < WINDOWS; i++) {
            long events = run.events();
            long startNs = threads.getCurrentThreadCpuTime();
            long done = run.run(Math.min(WINDOW, share));
            double ns = threads.getCurrentThreadCpuTime() - startNs;
            nsPerDma[i] = ns / done;
            nsPerEvent[i] = ns / (run.events() - events);
            dmas += done;
        }
        return new Use(
                median(nsPerEvent),
                median(nsPerDma),
                (double) (run.events() - eventsBefore) / dmas);
    }

    /** The whole run is the window. */
    private Use oneRun(ScaleRun run) {
        run.run(WARM_UP);
        long eventsBefore = run.events();
        long dmas = run.done();
        long startNs = threads.getCurrentThreadCpuTime();
        run.runEvents(n - eventsBefore);
        double ns = threads.getCurrentThreadCpuTime() - startNs;
        long events = run.events() - eventsBefore;
        long done = run.done() - dmas;
        return new Use(ns / events, ns / done, (double) events / done);
    }

    private double end(ScaleRun run) {
        long startNs = system.getProcessCpuTime();
        run.end();
        return (system.getProcessCpuTime() - startNs) / 1e6;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** Bytes in use after a collection. */
    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
