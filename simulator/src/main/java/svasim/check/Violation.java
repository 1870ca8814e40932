package svasim.check;

import java.util.List;

/**
 * An invariant that did not hold.
 *
 * @param invariant number in the catalogue
 * @param statement what should hold
 * @param timePs when it was found broken
 * @param finding what is wrong, and with whom
 * @param around the observations before it, oldest first, the last one being the trigger
 */
public record Violation(
        String invariant,
        String statement,
        long timePs,
        Finding finding,
        List<Observation> around) {
    public Violation {
        around = List.copyOf(around);
    }
}
