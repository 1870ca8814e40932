package svasim.sweep;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.binding.InvalidInput;
import svasim.binding.Place;
import svasim.report.Reading;
import svasim.report.StatisticAt;

/** Reads the numbers of {@code points.csv} and {@code groups.csv}. */
final class TableReader {
    private final List<String> head;

    /** Column that stands behind those that tell rows apart. */
    private final int number;

    /** The first column of numbers. */
    private final int first;

    private TableReader(List<String> head) {
        this.head = head;
        boolean points = head.contains(PointTable.GOOD);
        number = head.indexOf(points ? PointTable.POINT : GroupTable.GROUP);
        first = head.indexOf(points ? PointTable.GOOD : GroupTable.SEEDS) + 1;
    }

    /**
     * @throws InvalidInput if it is neither of them
     */
    static Map<StatisticAt, Reading> read(Path path) throws IOException {
        List<String> lines = Files.readAllLines(path);
        String file = path.toString();
        TableReader reader = new TableReader(lines.isEmpty() ? List.of() : Csv.cells(lines.get(0)));
        if (reader.number < 0 || reader.first <= reader.number) {
            throw new InvalidInput(
                    Place.whole(file),
                    "",
                    "not a table of points",
                    "expected points.csv or groups.csv, as svasim collect writes them");
        }
        Map<StatisticAt, Reading> readings = new LinkedHashMap<>();
        for (int line = 1; line < lines.size(); line++) {
            reader.add(new Place(file, line + 1, 1), Csv.cells(lines.get(line)), readings);
        }
        return readings;
    }

    private void add(Place place, List<String> cells, Map<StatisticAt, Reading> readings) {
        if (cells.size() != head.size()) {
            throw new InvalidInput(place, "", cells.size() + " values", "expected " + head.size());
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < number; i++) {
            parts.put(head.get(i), cells.get(i));
        }
        String label = PointTable.label(parts);
        for (int i = first; i < head.size(); i++) {
            if (!cells.get(i).isEmpty() && !head.get(i).endsWith(GroupTable.HALF)) {
                readings.put(
                        new StatisticAt(label, head.get(i)),
                        new Reading(number(place, cells.get(i)), half(place, cells, i + 1)));
            }
        }
    }

    private BigDecimal half(Place place, List<String> cells, int column) {
        boolean known =
                column < head.size()
                        && head.get(column).endsWith(GroupTable.HALF)
                        && !cells.get(column).isEmpty();
        return known ? number(place, cells.get(column)) : BigDecimal.ZERO;
    }

    private static BigDecimal number(Place place, String cell) {
        try {
            return new BigDecimal(cell);
        } catch (NumberFormatException e) {
            throw new InvalidInput(place, "", "\"" + cell + "\"", "expected a number");
        }
    }
}
