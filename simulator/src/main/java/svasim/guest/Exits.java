package svasim.guest;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/** Counts why a guest was left, and how long. */
public final class Exits {
    private final Statistics statistics;
    private final Counter all;
    private final Histogram time;
    private final Map<String, Counter> reasons = new TreeMap<>();

    /**
     * @param statistics of the guest
     */
    Exits(Statistics statistics) {
        this.statistics = statistics;
        all = statistics.counter("exits.all", "how often a virtual core has left the guest");
        time = statistics.latency("exits.time.ps", "time that a virtual core is out of the guest");
    }

    /**
     * Makes a reason known; it is listed even if it never comes.
     *
     * @param name last part of the name of its statistic
     * @param description one line for reports
     */
    public void reason(String name, String description) {
        reasons.computeIfAbsent(name, n -> statistics.counter("exits." + n, description));
    }

    /** The guest was left for a known reason. */
    public void happened(String reason, long ps) {
        all.increment();
        reasons.get(reason).increment();
        time.recordValue(ps);
    }

    public long count() {
        return all.value();
    }
}
