package svasim.lesson;

import svasim.units.Picoseconds;

/**
 * Where a reader wants to begin.
 *
 * @param step of the whole run, from 1; 0 if it is a matter of time
 * @param timePs simulated time from the start, in picoseconds
 * @param text as it was given
 */
public record From(int step, long timePs, String text) {
    /**
     * Reads a number of a step, or a time with its unit.
     *
     * @throws IllegalArgumentException if it is neither; says what was expected
     */
    public static From of(String text) {
        if (text.matches("0*[1-9]\\d{0,8}")) {
            return new From(Integer.parseInt(text), 0, text);
        }
        try {
            return new From(0, Picoseconds.parse(text).value(), text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--from: found \""
                            + text
                            + "\", expected the number of a step, from 1, or "
                            + Picoseconds.EXPECTED,
                    e);
        }
    }

    /** Whether a step, counted from 0, is there or later. */
    boolean isReached(int at, long nowPs) {
        return step > 0 ? at + 1 >= step : nowPs >= timePs;
    }

    @Override
    public String toString() {
        return step > 0 ? "step " + step : text;
    }
}
