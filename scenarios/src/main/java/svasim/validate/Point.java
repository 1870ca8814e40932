package svasim.validate;

/**
 * One number beside what was published.
 *
 * @param comparison name of the comparison
 * @param variant of the scenario; of a ratio, both
 * @param at value of the sweep; empty without
 * @param expected in {@code unit}
 * @param simulated in {@code unit}
 * @param sound whether the run was good: complete, as expected, no invariant broken
 * @param fitted whether the published number was used to choose a parameter
 */
public record Point(
        String comparison,
        String variant,
        String at,
        Expected expected,
        double simulated,
        String unit,
        boolean sound,
        boolean fitted) {
    /** In percent of the published number, or of the bound that is broken, with sign. */
    public double errorPercent() {
        return expected.errorPercent(simulated);
    }

    /** A number of a run that is not sound proves nothing, however near it is. */
    public boolean good() {
        return sound && expected.holds(simulated);
    }
}
