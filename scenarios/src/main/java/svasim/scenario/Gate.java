package svasim.scenario;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Bounds between which a number has to be, of one run or of one run over that of another: for what
 * was measured elsewhere on a machine that is not described well enough for a comparison of points.
 *
 * @param source where the bounds are from
 * @param statistic name of the statistic
 * @param value which number of it
 * @param below what {@code value: share} counts: values below this time
 * @param divide divisor that brings the simulated number to the unit; 1 by default; no effect on a
 *     ratio
 * @param unit unit of the bounds; of a ratio, none
 * @param of variant whose number it is
 * @param over variant whose number it is divided by; absent, the number itself is taken
 * @param min smallest number that is good; absent, any
 * @param max largest number that is good; absent, any
 */
public record Gate(
        String source,
        String statistic,
        Published.Quantile value,
        Picoseconds below,
        Double divide,
        String unit,
        String of,
        String over,
        Double min,
        Double max) {
    public Gate {
        Require.that(source != null, "source", source, "where the bounds are from");
        Require.that(statistic != null, "statistic", statistic, "the name of a statistic");
        Require.that(of != null, "of", of, "the name of a variant");
        Require.that(min != null || max != null, "min", min, "a bound, min or max or both");
        value = value == null ? Published.Quantile.MEAN : value;
        Published.requireBelow(value, below);
        divide = divide == null ? Double.valueOf(1) : divide;
        unit = unit != null ? unit : over == null ? "" : "x";
        min = min == null ? Double.valueOf(0) : min;
        Require.that(max == null || min <= max, "max", max, "no less than min");
    }

    /** Largest number that is good; infinity without. */
    public double most() {
        return max == null ? Double.POSITIVE_INFINITY : max;
    }

    /** What the number is of. */
    public String label() {
        return over == null ? of : of + " / " + over;
    }
}
