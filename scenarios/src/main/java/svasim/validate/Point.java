package svasim.validate;

/**
 * One number beside its published one.
 *
 * @param comparison name of the comparison
 * @param variant of the scenario
 * @param at value of the sweep; empty without
 * @param elsewhere published, in {@code unit}
 * @param simulated in {@code unit}
 * @param tolerancePercent largest error
 * @param sound whether the run was good: complete, as expected, no invariant broken
 * @param fitted whether the published number was used to choose a parameter
 */
public record Point(
        String comparison,
        String variant,
        String at,
        double elsewhere,
        double simulated,
        String unit,
        double tolerancePercent,
        boolean sound,
        boolean fitted) {
    private static final double PERCENT = 100;

    /** In percent of the published number, with sign. */
    public double errorPercent() {
        if (elsewhere == 0) {
            return simulated == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return (simulated - elsewhere) / elsewhere * PERCENT;
    }

    /** A number of a run that is not sound proves nothing, however near it is. */
    public boolean good() {
        return sound && Math.abs(errorPercent()) <= tolerancePercent;
    }
}
