package svasim.stats;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Every counter and histogram of one run, by name, in the order of names. */
public final class Statistics {
    /** Latencies are kept to three digits, from 1 ps up, growing as needed. */
    private static final int SIGNIFICANT_DIGITS = 3;

    private final boolean kept;
    private final Map<String, Counter> counters = new TreeMap<>();
    private final Map<String, Histogram> latencies = new TreeMap<>();
    private final Map<String, String> descriptions = new TreeMap<>();

    /** Statistics that keep every time. */
    public Statistics() {
        this(true);
    }

    private Statistics(boolean kept) {
        this.kept = kept;
    }

    /** Statistics of a run whose histograms nobody reads: they stay empty. */
    public static Statistics withoutLatencies() {
        return new Statistics(false);
    }

    /**
     * Registers a counter.
     *
     * @param name dotted, for example {@code iommu0.iotlb.hits}
     * @param description one line for reports
     */
    public Counter counter(String name, String description) {
        describe(name, description);
        Counter counter = new Counter();
        counters.put(name, counter);
        return counter;
    }

    /**
     * Registers a histogram of times in picoseconds.
     *
     * @param name dotted, ending in {@code .ps}
     */
    public Histogram latency(String name, String description) {
        describe(name, description);
        Histogram histogram = kept ? new Histogram(SIGNIFICANT_DIGITS) : new EmptyHistogram();
        histogram.setAutoResize(true);
        latencies.put(name, histogram);
        return histogram;
    }

    public Map<String, Counter> counters() {
        return counters;
    }

    public Map<String, Histogram> latencies() {
        return latencies;
    }

    public String description(String name) {
        return descriptions.get(name);
    }

    private void describe(String name, String description) {
        if (descriptions.put(name, description) != null) {
            throw new IllegalStateException("statistic registered twice: " + name);
        }
    }
}
