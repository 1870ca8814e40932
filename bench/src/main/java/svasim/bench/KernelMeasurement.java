package svasim.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import svasim.bench.micro.KernelWorkload;
import svasim.bench.micro.Meter;
import svasim.kernel.Kernel;

/**
 * One point: a workload with a number of pending events, warmed up and then measured over several
 * windows of events, in processor time of the thread; the clock is read inside handlers only.
 */
final class KernelMeasurement {
    private static final long WARM_UP_EVENTS = 20_000_000;
    private static final long WINDOW_EVENTS = 5_000_000;
    private static final int WINDOWS = 7;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final KernelWorkload workload;
    private final int pending;
    private final long warmUpEvents;
    private final long windowEvents;

    private final Kernel kernel = new Kernel();
    private final Meter meter = new Meter();
    private final long[] windowNs = new long[WINDOWS];
    private long allocatedBytes;

    private int window;
    private long nextBoundary;
    private long windowStartNs;

    KernelMeasurement(KernelWorkload workload, int pending) {
        this(workload, pending, Math.max(WARM_UP_EVENTS, 4L * pending), WINDOW_EVENTS);
    }

    KernelMeasurement(KernelWorkload workload, int pending, long warmUpEvents, long windowEvents) {
        this.workload = workload;
        this.pending = pending;
        this.warmUpEvents = warmUpEvents;
        this.windowEvents = windowEvents;
    }

    /** Runs the point and returns its line. */
    String measure() {
        workload.start(kernel, meter, pending);
        nextBoundary = warmUpEvents;
        meter.callAt(nextBoundary, this::open);
        kernel.runUntilQuiet();
        return line();
    }

    private void open() {
        allocatedBytes = threads.getCurrentThreadAllocatedBytes();
        windowStartNs = threads.getCurrentThreadCpuTime();
        awaitBoundary();
    }

    private void close() {
        long nowNs = threads.getCurrentThreadCpuTime();
        windowNs[window++] = nowNs - windowStartNs;
        windowStartNs = nowNs;
        if (window < WINDOWS) {
            awaitBoundary();
        } else {
            allocatedBytes = threads.getCurrentThreadAllocatedBytes() - allocatedBytes;
            kernel.stop();
        }
    }

    private void awaitBoundary() {
        nextBoundary += windowEvents;
        meter.callAt(nextBoundary, this::close);
    }

    private String line() {
        Arrays.sort(windowNs);
        double nsPerEvent = (double) windowNs[WINDOWS / 2] / windowEvents;
        return String.format(
                Locale.ROOT,
                "peer=svasim variant=wheel-%s workload=%s N=%d events_per_s=%.0f ns_per_event=%.1f"
                        + " alloc_b_per_event=%.3f jdk=%s hash=%016x",
                collector(),
                workload.name().toLowerCase(Locale.ROOT),
                pending,
                1e9 / nsPerEvent,
                nsPerEvent,
                (double) allocatedBytes / (WINDOWS * windowEvents),
                Runtime.version().feature(),
                meter.hash());
    }

    /** Name of the collector, since its write barrier is part of the price of an event. */
    private static String collector() {
        GarbageCollectorMXBean young = ManagementFactory.getGarbageCollectorMXBeans().get(0);
        return young.getName().equals("Copy")
                ? "serial"
                : young.getName().split(" ")[0].toLowerCase(Locale.ROOT);
    }
}
