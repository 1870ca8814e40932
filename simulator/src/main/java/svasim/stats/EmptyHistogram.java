package svasim.stats;

import org.HdrHistogram.Histogram;

/** Takes every value and keeps none, for runs whose times nobody reads. */
final class EmptyHistogram extends Histogram {
    private static final long serialVersionUID = 1L;

    /** The smallest that there is. */
    private static final int HIGHEST = 2;

    EmptyHistogram() {
        super(HIGHEST, 0);
    }

    @Override
    public void recordValue(long value) {
        // Kept by nobody.
    }

    @Override
    public void recordValueWithCount(long value, long count) {
        // Kept by nobody.
    }
}
