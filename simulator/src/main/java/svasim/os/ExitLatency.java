package svasim.os;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** How long the end of address spaces takes, as the trace tells it. */
final class ExitLatency implements TraceListener {
    private final Histogram exit;
    private final Histogram kill;

    /** When exit_mmap began, in picoseconds, by mm. */
    private final Map<Long, Long> exitingSincePs = new HashMap<>();

    /** When the first fatal signal came, in picoseconds, by mm. */
    private final Map<Long, Long> killedSincePs = new HashMap<>();

    ExitLatency(Statistics statistics) {
        exit = statistics.latency("os.exit.latency.ps", "time that exit_mmap takes");
        kill =
                statistics.latency(
                        "os.kill.latency.ps", "from a fatal signal to the end of exit_mmap");
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.SIGNAL || kind == Kind.MM_EXITING || kind == Kind.MM_EMPTIED;
    }

    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        switch (kind) {
            case SIGNAL -> killedSincePs.putIfAbsent(b, timePs);
            case MM_EXITING -> exitingSincePs.put(a, timePs);
            default -> {
                record(exit, exitingSincePs.remove(a), timePs);
                record(kill, killedSincePs.remove(a), timePs);
            }
        }
    }

    private static void record(Histogram histogram, Long sincePs, long timePs) {
        if (sincePs != null) {
            histogram.recordValue(timePs - sincePs);
        }
    }
}
