package svasim.report;

import svasim.units.Picoseconds;

/** Simulated times as texts of one form. */
public final class Times {
    private static final int DIGITS = 6;
    private static final int SHOWN = 3;

    private Times() {}

    /** Microseconds with three digits, rounded down, for example {@code 12.345 us}. */
    public static String micros(long ps) {
        return exactMicros(ps).substring(0, exactMicros(ps).length() - SHOWN) + " us";
    }

    /** Microseconds with all six digits, without unit. */
    static String exactMicros(long ps) {
        String fraction = Long.toString(ps % Picoseconds.PER_MICROSECOND);
        return ps / Picoseconds.PER_MICROSECOND
                + "."
                + "0".repeat(DIGITS - fraction.length())
                + fraction;
    }
}
