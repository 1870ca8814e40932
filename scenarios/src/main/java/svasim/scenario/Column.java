package svasim.scenario;

import svasim.units.Require;

/**
 * One column of the table that the variants of a scenario end with.
 *
 * @param of statistic, named as in {@code expect.statistics}, or an invariant such as {@code I-01}:
 *     how often it was broken
 * @param none what is printed instead of a number below {@code least}; absent, the number
 * @param some what is printed instead of any other number; absent, the number
 * @param least smallest number that counts as some; absent, 1
 */
public record Column(String of, String none, String some, Long least) {
    public Column {
        Require.that(of != null, "of", of, "the name of a statistic");
        least = least == null ? 1 : least;
        Require.positive("least", least);
    }

    /** Whether it says in words what was found. */
    public boolean hasWords() {
        return none != null && some != null;
    }

    /** Whether there is some of it. */
    public boolean isSome(long value) {
        return value >= least;
    }

    /**
     * A cell.
     *
     * @param value of the statistic; null if the run has none of this name
     */
    public String cell(Long value) {
        if (value == null) {
            return "no such statistic";
        }
        String word = isSome(value) ? some : none;
        return word == null ? value.toString() : word;
    }
}
