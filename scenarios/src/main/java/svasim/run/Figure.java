package svasim.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/** One number of the statistics, as expectations name it. */
final class Figure {
    private static final Pattern OF_LATENCY =
            Pattern.compile("(?<name>.+)\\.(max|p(?<percentile>\\d+(\\.\\d+)?))");

    private Figure() {}

    /**
     * Value of a counter; mean of a latency, or the percentile or maximum that the name ends with.
     *
     * @return null if there is no such statistic
     */
    static Long of(Statistics statistics, String name) {
        Counter counter = statistics.counters().get(name);
        if (counter != null) {
            return counter.value();
        }
        Histogram histogram = statistics.latencies().get(name);
        if (histogram != null) {
            return Math.round(histogram.getMean());
        }
        Matcher part = OF_LATENCY.matcher(name);
        return part.matches() ? part(statistics.latencies().get(part.group("name")), part) : null;
    }

    private static Long part(Histogram histogram, Matcher part) {
        if (histogram == null) {
            return null;
        }
        String percentile = part.group("percentile");
        return percentile == null
                ? histogram.getMaxValue()
                : histogram.getValueAtPercentile(Double.parseDouble(percentile));
    }
}
