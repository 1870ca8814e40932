package svasim.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.report.StatisticAt;

/**
 * By how much of its first value a statistic may change and still count as the same, in percent.
 *
 * @param general for what is not named
 * @param named by name with or without the part; of several that fit, the last
 */
public record Thresholds(double general, Map<String, Double> named) {
    private static final String EXPECTED = "expected PERCENT or NAME=PERCENT, from 0 up";

    public Thresholds {
        named = new LinkedHashMap<>(named);
    }

    /** The same for all. */
    static Thresholds all(double percent) {
        return new Thresholds(percent, Map.of());
    }

    /**
     * @param words each {@code PERCENT} or {@code NAME=PERCENT}
     * @throws IllegalArgumentException if one is neither
     */
    public static Thresholds parse(List<String> words) {
        double general = 0;
        Map<String, Double> named = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.lastIndexOf('=');
            double percent = percent(word, word.substring(equals + 1));
            if (equals < 0) {
                general = percent;
            } else {
                named.remove(word.substring(0, equals));
                named.put(word.substring(0, equals), percent);
            }
        }
        return new Thresholds(general, named);
    }

    private static double percent(String word, String number) {
        if (!number.matches("[0-9]{1,15}(\\.[0-9]{1,15})?([eE]-?[0-9]{1,2})? ?%?")) {
            throw new IllegalArgumentException(EXPECTED + ", found \"" + word + "\"");
        }
        return Double.parseDouble(number.replaceFirst(" ?%", ""));
    }

    /** Percent up to which values of a statistic count as the same. */
    double of(String statistic) {
        double percent = general;
        for (Map.Entry<String, Double> one : named.entrySet()) {
            if (StatisticAt.matches(statistic, one.getKey())) {
                percent = one.getValue();
            }
        }
        return percent;
    }
}
