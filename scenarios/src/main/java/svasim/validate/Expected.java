package svasim.validate;

/**
 * What a simulated number should be: near a published one, or between bounds.
 *
 * @param elsewhere published; null if there are bounds only
 * @param tolerancePercent largest error; null if there are bounds only
 */
public record Expected(Double elsewhere, Double tolerancePercent, double low, double high) {
    private static final double PERCENT = 100;

    /** A number with the largest error from it. */
    public static Expected near(double elsewhere, double tolerancePercent) {
        double most = Math.abs(elsewhere) * tolerancePercent / PERCENT;
        return new Expected(elsewhere, tolerancePercent, elsewhere - most, elsewhere + most);
    }

    public static Expected between(double low, double high) {
        return new Expected(null, null, low, high);
    }

    /** Whether a published number stands here. */
    public boolean isPoint() {
        return elsewhere != null;
    }

    boolean holds(double simulated) {
        return low <= simulated && simulated <= high;
    }

    /** In percent of the published number, with sign; of bounds, of the one that is broken. */
    double errorPercent(double simulated) {
        double from = isPoint() ? elsewhere : Math.max(low, Math.min(high, simulated));
        if (simulated == from) {
            return 0;
        }
        return from == 0 ? Double.POSITIVE_INFINITY : (simulated - from) / from * PERCENT;
    }
}
