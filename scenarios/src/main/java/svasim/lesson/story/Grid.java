package svasim.lesson.story;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A table of what a cache or a queue holds, with every change of its rows. */
final class Grid {
    private final String title;
    private final List<String> columns;
    private final int entries;
    private final Map<String, Integer> rowOf = new LinkedHashMap<>();
    private final Map<Integer, List<String>> held = new LinkedHashMap<>();
    private final TreeSet<Integer> free = new TreeSet<>();
    private int most;
    private final List<Change> changes = new ArrayList<>();

    /**
     * @param cells null if the row is empty from now on
     */
    private record Change(int step, int row, List<String> cells) {}

    /**
     * @param entries that fit; 0 if that is not known
     */
    Grid(String title, List<String> columns, int entries) {
        this.title = title;
        this.columns = columns;
        this.entries = entries;
    }

    /**
     * Takes what is held now.
     *
     * @param step that has changed it
     * @param now cells by what tells the entries apart
     */
    void hold(int step, Map<String, List<String>> now) {
        for (String key : List.copyOf(rowOf.keySet())) {
            if (!now.containsKey(key)) {
                int row = rowOf.remove(key);
                held.remove(row);
                free.add(row);
                changes.add(new Change(step, row, null));
            }
        }
        now.forEach(
                (key, cells) -> {
                    Integer row = rowOf.get(key);
                    if (row == null) {
                        row = free.isEmpty() ? most++ : free.pollFirst();
                        rowOf.put(key, row);
                    }
                    if (!cells.equals(held.put(row, cells))) {
                        changes.add(new Change(step, row, cells));
                    }
                });
    }

    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("title", title);
        plain.put("columns", columns);
        plain.put("entries", entries);
        return plain;
    }

    /** Cells of the rows that are not empty. */
    List<List<String>> contents() {
        return List.copyOf(held.values());
    }

    /** Changes of several tables, in the order of steps. */
    static List<Object> changes(List<Grid> grids) {
        List<Object[]> all = new ArrayList<>();
        for (int i = 0; i < grids.size(); i++) {
            for (Change change : grids.get(i).changes) {
                all.add(new Object[] {change.step, i, change.row, change.cells});
            }
        }
        all.sort((a, b) -> Integer.compare((int) a[0], (int) b[0]));
        List<Object> rows = new ArrayList<>();
        for (Object[] change : all) {
            List<Object> row = new ArrayList<>();
            Collections.addAll(row, change);
            rows.add(row);
        }
        return rows;
    }
}
