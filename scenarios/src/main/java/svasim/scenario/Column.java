package svasim.scenario;

import svasim.units.Require;

/**
 * One column of the table that the variants of a scenario end with.
 *
 * @param of statistic, named as in {@code expect.statistics}
 * @param none what is printed instead of 0; absent, the number
 * @param some what is printed instead of any other number; absent, the number
 */
public record Column(String of, String none, String some) {
    public Column {
        Require.that(of != null, "of", of, "the name of a statistic");
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
        String word = value == 0 ? none : some;
        return word == null ? value.toString() : word;
    }
}
