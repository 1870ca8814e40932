package svasim.sweep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import svasim.binding.InvalidInput;
import svasim.report.Reading;
import svasim.report.Selection;
import svasim.report.StatisticAt;
import svasim.report.StatisticValues;
import svasim.scenario.Home;

/** The results of one or more sweeps, in the order of their plans. */
public final class Collected {
    private final List<Row> rows = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> statistics = new TreeSet<>();

    private Collected() {}

    /**
     * Reads what is whole; a configuration that two plans share is taken once.
     *
     * @param sweeps folders of sweeps
     * @param chosen statistics, each with or without its part; all if empty
     * @throws InvalidInput if a chosen statistic is in no result
     */
    public static Collected read(List<Path> sweeps, List<String> chosen) throws IOException {
        Collected all = new Collected();
        Set<String> known = new LinkedHashSet<>();
        for (Path sweep : sweeps) {
            Path file = sweep.resolve(Plan.FILE);
            if (!Files.exists(file)) {
                throw new FileNotFoundException(sweep + " holds no " + Plan.FILE);
            }
            Plan plan = Plan.read(file);
            Store store = new Store(sweep);
            for (Point point : plan.points()) {
                if (known.add(point.hash() + point.title().replaceFirst("^point \\d+", ""))) {
                    all.add(Home.name(plan.scenario()), store, point);
                }
            }
        }
        all.choose(chosen);
        return all;
    }

    private void add(String name, Store store, Point point) throws IOException {
        keys.addAll(point.keys().keySet());
        if (!store.has(point.hash())) {
            missing.add(point.title());
            return;
        }
        Path folder = store.result(point.hash());
        PointResult result = PointResult.read(folder);
        Map<String, Long> values = StatisticValues.read(folder.resolve("stats.json"));
        statistics.addAll(values.keySet());
        rows.add(new Row(name, point, folder, result, values));
    }

    private void choose(List<String> chosen) {
        if (chosen.isEmpty() || statistics.isEmpty()) {
            return;
        }
        Set<String> wanted = Selection.of("--stats", chosen, statistics);
        statistics.clear();
        statistics.addAll(wanted);
    }

    List<Row> rows() {
        return rows;
    }

    /** Points that have no whole result. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    /** Number of points that have a result. */
    public int size() {
        return rows.size();
    }

    /** Points whose expectations do not hold, or that reached a limit, and why. */
    public List<String> bad() {
        return rows.stream()
                .filter(row -> !row.result().good())
                .map(row -> row.point().title() + ": " + row.result().why())
                .toList();
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    List<String> statistics() {
        return List.copyOf(statistics);
    }

    /** Points that differ in the seed only, together. */
    List<Group> groups() throws IOException {
        Map<Row.Setting, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(row.setting(), s -> new ArrayList<>()).add(row));
        List<Group> all = new ArrayList<>();
        for (Map.Entry<Row.Setting, List<Row>> group : groups.entrySet()) {
            all.add(Group.of(group.getKey(), group.getValue(), statistics));
        }
        return all;
    }

    /**
     * Numbers of a sweep or of one of its tables, by point or group.
     *
     * @param where folder of a sweep, or a file that {@link CollectionFolder} has written
     */
    public static Map<StatisticAt, Reading> readings(Path where) throws IOException {
        if (Files.isRegularFile(where)) {
            return TableReader.read(where);
        }
        Map<StatisticAt, Reading> readings = new LinkedHashMap<>();
        for (Row row : read(List.of(where), List.of()).rows()) {
            String place = PointTable.label(row);
            readings.put(new StatisticAt(place, "time_ps"), Reading.exact(row.result().timePs()));
            readings.put(new StatisticAt(place, "events"), Reading.exact(row.result().events()));
            row.values()
                    .forEach(
                            (name, value) ->
                                    readings.put(
                                            new StatisticAt(place, name), Reading.exact(value)));
        }
        if (readings.isEmpty()) {
            throw new FileNotFoundException(where + " holds no result");
        }
        return readings;
    }
}
