package svasim.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import svasim.scenario.Column;

/**
 * What variants of one scenario have come to, side by side: a row for each, with the columns of
 * {@code measure.table}, as Markdown.
 */
public final class OutcomeTable {
    private static final String FIRST = "variant";
    private static final Pattern INVARIANT = Pattern.compile("I-\\d\\d");

    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

    /** Adds a row, if the scenario has columns. */
    public void add(RunResult result) {
        Map<String, String> cells = cells(result);
        if (!cells.isEmpty()) {
            rows.put(result.scenario().variant(), cells);
        }
    }

    /** Cells of one run by column, none if its scenario has no columns. */
    static Map<String, String> cells(RunResult result) {
        Map<String, String> cells = new LinkedHashMap<>();
        result.scenario()
                .scenario()
                .measure()
                .table()
                .forEach((name, column) -> cells.put(name, column.cell(value(result, column))));
        return cells;
    }

    /**
     * Names of the columns in words that have some of what they are about.
     *
     * @return null if the scenario has no column in words
     */
    public static List<String> found(RunResult result) {
        Map<String, Column> table = result.scenario().scenario().measure().table();
        if (table.values().stream().noneMatch(Column::hasWords)) {
            return null;
        }
        List<String> found = new ArrayList<>();
        table.forEach(
                (name, column) -> {
                    Long value = column.hasWords() ? value(result, column) : null;
                    if (value != null && column.isSome(value)) {
                        found.add(name);
                    }
                });
        return found;
    }

    private static Long value(RunResult result, Column column) {
        if (!INVARIANT.matcher(column.of()).matches()) {
            return Figure.of(result.statistics(), column.of());
        }
        return result.violations().stream()
                .filter(violation -> violation.invariant().equals(column.of()))
                .count();
    }

    /** Empty without rows. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (rows.isEmpty()) {
            return lines;
        }
        List<String> columns = List.copyOf(rows.values().iterator().next().keySet());
        lines.add(line(FIRST, columns));
        lines.add("|---".repeat(columns.size() + 1) + "|");
        rows.forEach((variant, cells) -> lines.add(line(variant, cells.values())));
        return lines;
    }

    private static String line(String first, Iterable<String> others) {
        StringBuilder line = new StringBuilder("| ").append(first).append(" |");
        others.forEach(cell -> line.append(' ').append(cell).append(" |"));
        return line.toString();
    }
}
