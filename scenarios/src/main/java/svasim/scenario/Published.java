package svasim.scenario;

import java.util.List;
import java.util.Map;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Numbers that were measured elsewhere.
 *
 * @param source where the numbers are from
 * @param statistic name of the statistic that is compared
 * @param value which number of it
 * @param below what {@code value: share} counts: values below this time
 * @param divide divisor that brings the simulated number to the unit of the source; 1 by default
 * @param unit unit of the numbers of the source
 * @param tolerance largest error that is still good
 * @param at values of the sweep that there are numbers for; all of them, if absent
 * @param rows a number for each of these values, by variant; without sweep, one number
 * @param fitted by variant, the points whose measured number was used to choose a parameter; the
 *     point "-" without sweep
 */
public record Published(
        String source,
        String statistic,
        Quantile value,
        Picoseconds below,
        Double divide,
        String unit,
        Percent tolerance,
        List<String> at,
        Map<String, List<Double>> rows,
        Map<String, List<String>> fitted) {
    /** The point of an entry without sweep. */
    public static final String ONLY = "-";

    /** Which number of a statistic. */
    public enum Quantile {
        /** Value of a counter, or number of values of a histogram. */
        COUNT,
        MEAN,
        MEDIAN,
        P99,
        MAX,
        /** How much of a histogram lies below a time, from 0 to 1. */
        SHARE
    }

    public Published {
        Require.that(source != null, "source", source, "where the numbers are from");
        Require.that(statistic != null, "statistic", statistic, "the name of a statistic");
        Require.that(rows != null && !rows.isEmpty(), "rows", rows, "numbers by variant");
        value = value == null ? Quantile.MEAN : value;
        requireBelow(value, below);
        divide = divide == null ? Double.valueOf(1) : divide;
        unit = unit == null ? "" : unit;
        Require.that(tolerance != null, "tolerance", tolerance, Percent.EXPECTED);
        fitted = fitted == null ? Map.of() : fitted;
    }

    /** A time stands where a share of values is asked for, and nowhere else. */
    static void requireBelow(Quantile value, Picoseconds below) {
        boolean share = value == Quantile.SHARE;
        Require.that(
                share == (below != null),
                "below",
                below,
                share ? "a time, for value: share" : "nothing without value: share");
    }
}
