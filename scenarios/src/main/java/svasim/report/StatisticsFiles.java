package svasim.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import svasim.binding.JsonText;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/** Writes statistics as JSON, CSV and HdrHistogram files; times are in picoseconds. */
public final class StatisticsFiles {
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double UNSCALED = 1.0;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private final Statistics statistics;

    public StatisticsFiles(Statistics statistics) {
        this.statistics = statistics;
    }

    /**
     * Writes {@code stats.json}, {@code stats.csv}, {@code latency/*.hgrm}, {@code latency.hlog}.
     */
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("stats.json"), JsonText.pretty(plain()));
        Files.writeString(folder.resolve("stats.csv"), csv());
        Path latency = Files.createDirectories(folder.resolve("latency"));
        for (Map.Entry<String, Histogram> entry : statistics.latencies().entrySet()) {
            writePercentiles(latency.resolve(entry.getKey() + ".hgrm"), entry.getValue());
        }
        writeLog(folder.resolve("latency.hlog"));
    }

    private Map<String, Object> plain() {
        Map<String, Object> counters = new LinkedHashMap<>();
        for (Map.Entry<String, Counter> entry : statistics.counters().entrySet()) {
            Map<String, Object> counter = new LinkedHashMap<>();
            counter.put("value", entry.getValue().value());
            counter.put("description", statistics.description(entry.getKey()));
            counters.put(entry.getKey(), counter);
        }
        Map<String, Object> latencies = new LinkedHashMap<>();
        for (Map.Entry<String, Histogram> entry : statistics.latencies().entrySet()) {
            Map<String, Object> latency = numbers(entry.getValue());
            latency.put("description", statistics.description(entry.getKey()));
            latencies.put(entry.getKey(), latency);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("counters", counters);
        all.put("latencies", latencies);
        return all;
    }

    private static Map<String, Object> numbers(Histogram histogram) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("count", histogram.getTotalCount());
        numbers.put("mean", mean(histogram));
        boolean empty = histogram.getTotalCount() == 0;
        numbers.put("min", empty ? 0L : histogram.getMinValue());
        for (double percentile : PERCENTILES) {
            String name = "p" + String.valueOf(percentile).replaceAll("\\.0$", "");
            numbers.put(name, empty ? 0L : histogram.getValueAtPercentile(percentile));
        }
        numbers.put("max", histogram.getMaxValue());
        return numbers;
    }

    private static long mean(Histogram histogram) {
        return Math.round(histogram.getMean());
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("name,kind,count,mean,min,p50,p90,p99,p99.9,max\n");
        statistics
                .counters()
                .forEach(
                        (name, counter) ->
                                csv.append(name)
                                        .append(",counter,")
                                        .append(counter.value())
                                        .append(",,,,,,,\n"));
        statistics
                .latencies()
                .forEach(
                        (name, histogram) -> {
                            csv.append(name).append(",latency");
                            numbers(histogram).values().forEach(n -> csv.append(',').append(n));
                            csv.append('\n');
                        });
        return csv.toString();
    }

    private static void writePercentiles(Path file, Histogram histogram) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                PrintStream print = new PrintStream(out, false, StandardCharsets.US_ASCII)) {
            histogram.outputPercentileDistribution(print, TICKS_PER_HALF_DISTANCE, UNSCALED);
        }
    }

    /** One interval from 0 for each histogram, tagged with its name. */
    private void writeLog(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            HistogramLogWriter log = new HistogramLogWriter(out);
            log.outputLogFormatVersion();
            log.outputLegend();
            for (Map.Entry<String, Histogram> entry : statistics.latencies().entrySet()) {
                Histogram histogram = entry.getValue().copy();
                histogram.setTag(entry.getKey().replaceAll("[^A-Za-z0-9._-]", "_"));
                log.outputIntervalHistogram(0.0, 0.0, histogram, UNSCALED);
            }
        }
    }

    /** One line of a statistic for people, for example {@code mean 12 ns}. */
    public static String line(String name, Histogram histogram) {
        return String.format(
                Locale.ROOT,
                "%s: %d values, mean %s, p99 %s",
                name,
                histogram.getTotalCount(),
                Times.micros(mean(histogram)),
                Times.micros(histogram.getValueAtPercentile(99)));
    }
}
