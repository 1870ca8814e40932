package svasim.report;

import java.util.Comparator;

/**
 * A statistic of one of several runs.
 *
 * @param place variant, or what tells a point of a sweep apart; empty for a run alone
 * @param statistic with its part: {@code iommu0.walk.latency.ps/p99}
 */
public record StatisticAt(String place, String statistic) implements Comparable<StatisticAt> {
    private static final Comparator<StatisticAt> ORDER =
            Comparator.comparing(StatisticAt::place).thenComparing(StatisticAt::statistic);

    /**
     * Whether it is what a user means, who may leave the part out, or put it behind a dot, as in
     * {@code expect.statistics}.
     */
    public static boolean matches(String statistic, String name) {
        int slash = statistic.indexOf('/');
        return statistic.equals(name)
                || slash > 0 && statistic.substring(0, slash).equals(name)
                || statistic.replace('/', '.').equals(name);
    }

    @Override
    public int compareTo(StatisticAt other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return place.isEmpty() ? statistic : place + "/" + statistic;
    }
}
