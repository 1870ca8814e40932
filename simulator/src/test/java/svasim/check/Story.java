package svasim.check;

import java.util.function.Consumer;

/**
 * What keeps an invariant, and what breaks it.
 *
 * @param invariant number in the catalogue
 * @param keeps a stream of observations that breaks none
 * @param breaks one whose last observation breaks it; or, at the end of the run, nothing more
 * @param detail what is then said to be wrong
 */
record Story(
        String invariant,
        Consumer<Stage> keeps,
        Consumer<Stage> breaks,
        String detail,
        boolean atEnd) {
    /** Found with the last observation. */
    static Story of(
            String invariant, Consumer<Stage> keeps, Consumer<Stage> breaks, String detail) {
        return new Story(invariant, keeps, breaks, detail, false);
    }

    /** Found when the machine is quiet. */
    static Story atEnd(
            String invariant, Consumer<Stage> keeps, Consumer<Stage> breaks, String detail) {
        return new Story(invariant, keeps, breaks, detail, true);
    }

    @Override
    public String toString() {
        return invariant;
    }
}
