package svasim.validate.page;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of a sweep as a number.
 *
 * @param number in bytes or picoseconds, or as it stands
 * @param size whether it is a number of bytes, whose axis is logarithmic
 */
record Magnitude(double number, boolean size) {
    private static final Pattern FORM = Pattern.compile("([0-9.]+)\\s*([A-Za-z]*)");
    private static final Map<String, Double> TIMES =
            Map.of("ps", 1.0, "ns", 1e3, "us", 1e6, "ms", 1e9, "s", 1e12);
    private static final Map<String, Double> SIZES =
            Map.of("B", 1.0, "KiB", 0x1p10, "MiB", 0x1p20, "GiB", 0x1p30, "TiB", 0x1p40);

    /** Null if it is no number with a unit that is known. */
    static Magnitude of(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            return null;
        }
        double number = Double.parseDouble(form.group(1));
        String unit = form.group(2);
        if (SIZES.containsKey(unit)) {
            return number > 0 ? new Magnitude(number * SIZES.get(unit), true) : null;
        }
        if (unit.isEmpty()) {
            return new Magnitude(number, false);
        }
        return TIMES.containsKey(unit) ? new Magnitude(number * TIMES.get(unit), false) : null;
    }
}
