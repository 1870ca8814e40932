package svasim.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * One row for each group of points that differ in the seed only: number of seeds, and for each
 * statistic its mean and, behind it, half of the width of the 95 % interval (Student's t).
 */
final class GroupTable {
    static final String GROUP = "group";
    static final String SEEDS = "n";

    /** Behind the name of a statistic: the column of its interval. */
    static final String HALF = " +-95%";

    private static final MathContext DIGITS = new MathContext(12);

    private GroupTable() {}

    static String csv(Collected all, List<Group> groups) {
        List<String> head = new ArrayList<>(List.of("scenario", "variant"));
        head.addAll(all.keys());
        head.addAll(List.of(GROUP, SEEDS));
        for (String name : all.statistics()) {
            head.add(name);
            head.add(name + HALF);
        }
        StringBuilder csv = new StringBuilder(Csv.line(head));
        for (int number = 0; number < groups.size(); number++) {
            Group group = groups.get(number);
            Row.Setting setting = group.setting();
            List<String> cells = new ArrayList<>(List.of(setting.scenario(), setting.variant()));
            all.keys().forEach(key -> cells.add(setting.keys().getOrDefault(key, "")));
            cells.add(Integer.toString(number));
            cells.add(Integer.toString(group.n()));
            for (String name : all.statistics()) {
                Estimate estimate = group.estimates().get(name);
                cells.add(estimate == null ? "" : number(estimate.mean()));
                cells.add(estimate == null ? "" : number(estimate.half()));
            }
            csv.append(Csv.line(cells));
        }
        return csv.toString();
    }

    /** Empty if it is not known. */
    private static String number(double value) {
        return Double.isNaN(value)
                ? ""
                : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
