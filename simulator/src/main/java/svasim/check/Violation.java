package svasim.check;

import java.util.List;

/**
 * An invariant that did not hold.
 *
 * @param invariant number in the catalogue
 * @param statement what should hold
 * @param timePs when it was found broken
 * @param pasid PASID concerned, or -1
 * @param frame physical address of the frame concerned, or -1
 * @param who requester ID, mm or other number of the offender
 * @param detail what was found, in a few words
 * @param around the observations before it, oldest first, the last one being the trigger
 */
public record Violation(
        String invariant,
        String statement,
        long timePs,
        int pasid,
        long frame,
        long who,
        String detail,
        List<Observation> around) {
    public Violation {
        around = List.copyOf(around);
    }
}
