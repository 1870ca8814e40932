package svasim.os;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/**
 * How long devices wait for a page, for each process apart: one that faults a lot, or slowly, is
 * seen in the times of the others. Page requests without PASID belong to no process.
 */
final class PageRequestLatency implements TraceListener {
    private final Statistics statistics;
    private final Map<String, Histogram> byProcess = new HashMap<>();
    private final Map<Long, String> namesOfMms = new HashMap<>();
    private final Map<Long, String> namesByPasid = new HashMap<>();
    private final Map<Group, Long> sincePs = new HashMap<>();

    /** A page request group of a device, by the device's lane. */
    private record Group(int lane, long index) {}

    PageRequestLatency(Statistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.MM_CREATED
                || kind == Kind.BOUND
                || kind == Kind.PAGE_REQUESTED
                || kind == Kind.PAGE_GROUP_ANSWERED;
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
            case MM_CREATED -> namesOfMms.put(a, (String) subject);
            case BOUND -> namesByPasid.put(a, namesOfMms.get(c));
            case PAGE_REQUESTED -> sincePs.put(new Group(lane, c), timePs);
            default -> answered(namesByPasid.get(a), sincePs.remove(new Group(lane, b)), timePs);
        }
    }

    /** Registered with the first answer that a process gets: others have no empty statistic. */
    private Histogram histogram(String process) {
        return byProcess.computeIfAbsent(
                process,
                name ->
                        statistics.latency(
                                "os.pageRequest." + name + ".ps",
                                "from a device's page request for "
                                        + name
                                        + " to the answer it gets"));
    }

    private void answered(String process, Long sincePs, long nowPs) {
        if (process != null && sincePs != null) {
            histogram(process).recordValue(nowPs - sincePs);
        }
    }
}
