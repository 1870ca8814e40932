package svasim.units;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The units of one quantity, smallest first, and how amounts are read and written in them. */
final class Scale {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,19})?)\\s*([A-Za-z/]{1,4})");

    private final String expected;
    private final Map<String, Long> units = new LinkedHashMap<>();

    Scale(String expected) {
        this.expected = expected;
    }

    /** Adds the next larger unit. */
    Scale unit(String name, long size) {
        units.put(name, size);
        return this;
    }

    long parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        Long size = form.matches() ? units.get(form.group(2)) : null;
        if (size == null) {
            throw new IllegalArgumentException("expected " + expected);
        }
        try {
            return new BigDecimal(form.group(1))
                    .multiply(BigDecimal.valueOf(size))
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "expected a whole, smaller number of the smallest unit: " + expected, e);
        }
    }

    /** Uses the largest unit that divides the amount. */
    String format(long amount) {
        String best = null;
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (best == null || amount != 0 && amount % unit.getValue() == 0) {
                best = amount / unit.getValue() + unit.getKey();
            }
        }
        return best;
    }
}
