package svasim.stats;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;

/** Every counter and histogram of one run, by name, in the order of names. */
public final class Statistics {
    /** Latencies are kept to three digits, from 1 ps up, growing as needed. */
    private static final int SIGNIFICANT_DIGITS = 3;

    /** Histograms that may have some 100 KB each. */
    private static final int FAST = 256;

    private final boolean kept;
    private final String prefix;
    private final Map<String, Counter> counters;
    private final Map<String, Histogram> latencies;
    private final Map<String, String> descriptions;

    /** Statistics that keep every time. */
    public Statistics() {
        this(true);
    }

    private Statistics(boolean kept) {
        this.kept = kept;
        prefix = "";
        counters = new TreeMap<>();
        latencies = new TreeMap<>();
        descriptions = new TreeMap<>();
    }

    private Statistics(Statistics whole, String part) {
        kept = whole.kept;
        prefix = whole.prefix + part + ".";
        counters = whole.counters;
        latencies = whole.latencies;
        descriptions = whole.descriptions;
    }

    /** Where a part of the machine, such as a guest, registers, with its name in front of all. */
    public Statistics part(String name) {
        return new Statistics(this, name);
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
        describe(prefix + name, description);
        Counter counter = new Counter();
        counters.put(prefix + name, counter);
        return counter;
    }

    /**
     * Registers a histogram of times in picoseconds.
     *
     * @param name dotted, ending in {@code .ps}
     */
    public Histogram latency(String name, String description) {
        describe(prefix + name, description);
        Histogram histogram = kept ? newHistogram() : new EmptyHistogram();
        histogram.setAutoResize(true);
        latencies.put(prefix + name, histogram);
        return histogram;
    }

    /** Of a machine with many parts, those of the later ones are small, and slower to add to. */
    private Histogram newHistogram() {
        return latencies.size() < FAST
                ? new Histogram(SIGNIFICANT_DIGITS)
                : new PackedHistogram(SIGNIFICANT_DIGITS);
    }

    /** Of the whole run; so are latencies. */
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
