package svasim.sweep;

import java.util.Collection;

/**
 * What several seeds say of one number.
 *
 * @param n seeds
 * @param mean of them
 * @param half half of the width of the interval in which the true mean lies with 95 %, if the
 *     values are normally distributed; NaN for one seed
 */
record Estimate(int n, double mean, double half) {
    static Estimate of(Collection<Long> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Long::doubleValue).sum() / n;
        if (n < 2) {
            return new Estimate(n, mean, Double.NaN);
        }
        double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / (n - 1));
        return new Estimate(n, mean, StudentT.of95Percent(n - 1) * deviation / Math.sqrt(n));
    }
}
