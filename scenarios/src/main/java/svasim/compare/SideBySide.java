package svasim.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.run.RunResult;

/** A column for each machine, a row for each thing that one of them did. */
final class SideBySide {
    private static final String NOTHING = "-";
    private static final String GAP = "  ";

    private final Map<String, RunResult> results;
    private final Map<String, Account> accounts;
    private final List<List<String>> rows = new ArrayList<>();

    SideBySide(Map<String, RunResult> results, Map<String, Account> accounts) {
        this.results = results;
        this.accounts = accounts;
    }

    List<String> lines() {
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(results.keySet());
        rows.add(head);
        verdict();
        for (Section section : Section.values()) {
            Map<String, List<Cell>> cells = cells(section);
            if (!cells.isEmpty()) {
                rows.add(List.of());
                rows.add(List.of(section.title()));
                tell(section, cells);
            }
        }
        List<String> lines = aligned();
        List<String> notes = notes();
        if (!notes.isEmpty()) {
            lines.add("");
            lines.addAll(notes);
        }
        return lines;
    }

    private void verdict() {
        List<String> row = new ArrayList<>(List.of("the scenario ends"));
        for (RunResult result : results.values()) {
            row.add(!result.complete() ? "at a limit" : result.good() ? "good" : "NOT GOOD");
        }
        rows.add(row);
    }

    /** Cells of each row, null where a machine has none; sums over everything come last. */
    private Map<String, List<Cell>> cells(Section section) {
        Set<String> names = new LinkedHashSet<>();
        accounts.values().forEach(account -> names.addAll(account.rows(section).keySet()));
        if (names.remove(Account.ALL)) {
            names.add(Account.ALL);
        }
        Map<String, List<Cell>> cells = new LinkedHashMap<>();
        for (String name : names) {
            List<Cell> row = new ArrayList<>();
            accounts.values().forEach(account -> row.add(account.rows(section).get(name)));
            cells.put(name, row);
        }
        return cells;
    }

    private void tell(Section section, Map<String, List<Cell>> cells) {
        int alike = 0;
        List<Cell> sums = new ArrayList<>();
        accounts.keySet().forEach(name -> sums.add(Cell.NONE));
        for (Map.Entry<String, List<Cell>> row : cells.entrySet()) {
            boolean last = row.getKey().equals(Account.ALL);
            if (last && alike > 0) {
                add(section, alike + " procedures alike on all", sums);
            }
            if (!last && section.folds() && accounts.size() > 1 && alike(row.getValue())) {
                alike++;
                for (int i = 0; i < sums.size(); i++) {
                    sums.set(i, sums.get(i).plus(row.getValue().get(i)));
                }
            } else {
                add(section, row.getKey(), row.getValue());
            }
        }
    }

    private static boolean alike(List<Cell> cells) {
        return cells.get(0) != null && cells.stream().distinct().count() == 1;
    }

    private void add(Section section, String name, List<Cell> cells) {
        List<String> row = new ArrayList<>(List.of(GAP + name));
        cells.forEach(cell -> row.add(cell == null ? NOTHING : section.text(cell)));
        rows.add(row);
    }

    private List<String> aligned() {
        int[] widths = new int[results.size() + 1];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size() && row.size() > 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String space = " ".repeat(Math.max(0, widths[i] - row.get(i).length()));
                line.append(i == 0 ? row.get(i) + space : GAP + space + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** What needs a sentence: why a run is not good, and what no real machine has. */
    private List<String> notes() {
        List<String> lines = new ArrayList<>();
        results.forEach(
                (name, result) -> {
                    result.hypothetical().forEach(l -> lines.add(name + ": hypothetical: " + l));
                    result.broken().forEach(line -> lines.add(name + ": " + line));
                    result.failures().forEach(l -> lines.add(name + ": did not succeed: " + l));
                    result.waitingFor().forEach(l -> lines.add(name + ": still waiting: " + l));
                });
        return lines;
    }
}
