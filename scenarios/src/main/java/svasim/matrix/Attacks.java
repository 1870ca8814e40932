package svasim.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import svasim.kernel.Choices;
import svasim.run.MachineAssembly;
import svasim.run.OutcomeTable;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/**
 * What a malicious device does, and which configuration stops it on which IOMMU. A row is a
 * scenario whose {@code measure.table} says in words what was reached; its variants are named by
 * unit and protection, such as {@code vtd-untrusted}.
 */
public final class Attacks {
    private static final String PREFIX = "rogue-";
    static final Outcome NOT_TRIED = Outcome.notApplicable("");

    /** By attack, protection and unit; in the order of files and variants. */
    private final Map<String, Map<String, Map<String, Outcome>>> seen = new LinkedHashMap<>();

    /** Scenarios of attacks. */
    public static List<Path> files() throws IOException {
        return Home.files().stream()
                .filter(file -> file.getFileName().toString().startsWith(PREFIX))
                .toList();
    }

    /**
     * Runs every variant.
     *
     * @param jobs runs at once
     */
    public static Matrix run(List<Path> files, int jobs) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<RunResult>> runs = new ArrayList<>();
            for (Path file : files) {
                for (BoundScenario variant : ScenarioFile.read(file).bindAll(Map.of())) {
                    runs.add(threads.submit(() -> run(variant)));
                }
            }
            Attacks attacks = new Attacks();
            for (Future<RunResult> run : runs) {
                attacks.add(run.get());
            }
            return attacks.matrix();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("attacks: interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("attacks", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static RunResult run(BoundScenario variant) {
        return new Runner(new MachineAssembly()).run(variant, 0, Choices.PLAIN, machine -> {});
    }

    /** Adds what became of one variant; nothing if its scenario does not say it in words. */
    public void add(RunResult result) {
        List<String> found = OutcomeTable.found(result);
        if (found == null) {
            return;
        }
        String attack = Home.name(Path.of(result.scenario().file().name()));
        String[] names = result.scenario().variant().split("-", 2);
        String protection = names.length == 2 ? names[1] : "";
        seen.computeIfAbsent(attack.replaceFirst(PREFIX, ""), name -> new LinkedHashMap<>())
                .computeIfAbsent(protection, name -> new LinkedHashMap<>())
                .put(names[0], outcome(result, found));
    }

    private static Outcome outcome(RunResult result, List<String> found) {
        if (!result.good()) {
            return new Outcome(Outcome.Kind.DIFFERS, result.broken().get(0));
        }
        return found.isEmpty()
                ? new Outcome(Outcome.Kind.STOPPED, "")
                : new Outcome(Outcome.Kind.SUCCEEDS, String.join(", ", found));
    }

    /** Attacks by protections by units; what was not tried does not apply. */
    public Matrix matrix() {
        TreeSet<String> units = new TreeSet<>();
        LinkedHashMap<String, Integer> protections = new LinkedHashMap<>();
        seen.values()
                .forEach(
                        row ->
                                row.forEach(
                                        (protection, cell) -> {
                                            protections.merge(protection, 1, Integer::sum);
                                            units.addAll(cell.keySet());
                                        }));
        List<String> columns = new ArrayList<>(protections.keySet());
        columns.sort((one, other) -> protections.get(other) - protections.get(one));
        Map<String, Map<String, Map<String, Outcome>>> rows = new LinkedHashMap<>();
        seen.forEach((attack, row) -> rows.put(attack, whole(row, columns, units)));
        return new Matrix(columns, List.copyOf(units), rows);
    }

    private static Map<String, Map<String, Outcome>> whole(
            Map<String, Map<String, Outcome>> row, List<String> columns, TreeSet<String> units) {
        Map<String, Map<String, Outcome>> whole = new LinkedHashMap<>();
        for (String column : columns) {
            Map<String, Outcome> cell = new LinkedHashMap<>();
            for (String unit : units) {
                cell.put(unit, row.getOrDefault(column, Map.of()).getOrDefault(unit, NOT_TRIED));
            }
            whole.put(column, cell);
        }
        return whole;
    }
}
