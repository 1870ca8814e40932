package svasim.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import svasim.report.Reading;
import svasim.scenario.Percent;

/** Differences of two runs for people and for programs. */
public final class DifferenceReport {
    private DifferenceReport() {}

    /** Lines for people. */
    public static List<String> text(Differences differences) {
        List<String> lines = new ArrayList<>();
        int width =
                differences.found().stream()
                        .mapToInt(d -> d.name().toString().length())
                        .max()
                        .orElse(0);
        for (Differences.Difference difference : differences.found()) {
            lines.add(
                    String.format(
                            "%-" + width + "s  %16s  %16s  %s",
                            difference.name(),
                            shown(difference.first()),
                            shown(difference.second()),
                            share(difference)));
        }
        lines.add(
                String.format(
                        "%d of %d values differ by more than %s%s",
                        differences.found().size(),
                        differences.compared(),
                        new Percent(differences.thresholds().general()),
                        differences.thresholds().named().isEmpty()
                                ? ""
                                : " or their own threshold"));
        if (differences.byChance() > 0) {
            lines.add(
                    differences.byChance()
                            + " more do, but their 95 % intervals over seeds overlap");
        }
        return lines;
    }

    private static String shown(Reading reading) {
        return reading == null ? "-" : reading.text();
    }

    private static String share(Differences.Difference difference) {
        double percent = difference.percent();
        if (difference.first() == null || difference.second() == null) {
            return difference.first() == null ? "new" : "gone";
        }
        return Double.isInfinite(percent) ? "" : String.format(Locale.ROOT, "%+.2f %%", percent);
    }

    /** For {@code --format json}. */
    public static Object plain(Differences differences) {
        List<Object> found = new ArrayList<>();
        for (Differences.Difference difference : differences.found()) {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("name", difference.name().toString());
            putIfThere(plain, "first", difference.first());
            putIfThere(plain, "second", difference.second());
            if (!Double.isInfinite(difference.percent())) {
                plain.put("percent", difference.percent());
            }
            found.add(plain);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("compared", differences.compared());
        all.put("by_chance", differences.byChance());
        all.put("differences", found);
        return all;
    }

    private static void putIfThere(Map<String, Object> plain, String key, Reading reading) {
        if (reading != null) {
            plain.put(key, number(reading.value()));
            if (reading.half().signum() > 0) {
                plain.put(key + "_interval", number(reading.half()));
            }
        }
    }

    /** Without a point where it needs none. */
    private static Number number(BigDecimal value) {
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        return whole ? value.toBigInteger() : value;
    }
}
