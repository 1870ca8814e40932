package svasim.sweep;

/**
 * Quantile of Student's t distribution, for the confidence of a mean. The distribution function for
 * whole degrees of freedom is a finite sum (Abramowitz and Stegun, 26.7.3 and 26.7.4).
 */
final class StudentT {
    private static final int HALVINGS = 100;
    private static final double TWO_SIDED = 0.95;

    private StudentT() {}

    /** The t between whose negative and itself 95 % lie. */
    static double of95Percent(int degrees) {
        double low = 0;
        double high = 1000;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (within(middle, degrees) < TWO_SIDED) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Share that lies between {@code -t} and {@code t}. */
    private static double within(double t, int degrees) {
        double angle = Math.atan(t / Math.sqrt(degrees));
        double square = Math.cos(angle) * Math.cos(angle);
        boolean odd = degrees % 2 == 1;
        double term = odd ? Math.cos(angle) : 1;
        double sum = 0;
        for (int k = odd ? 3 : 2; k <= degrees; k += 2) {
            sum += term;
            term *= square * (k - 1) / k;
        }
        sum = odd && degrees == 1 ? 0 : sum;
        return odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
    }
}
