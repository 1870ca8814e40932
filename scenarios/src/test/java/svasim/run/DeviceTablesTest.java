package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.matrix.Attacks;
import svasim.matrix.MatrixTable;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** The README of the device scenarios has their aims, and the tables that they end with. */
class DeviceTablesTest {
    private static final Path README = Home.scenarios().resolve("devices/README.md");

    /** Times may move a little when a cost elsewhere is found to be another one. */
    private static final double SLACK = 1.5;

    private final Runner runner = new Runner(new MachineAssembly());

    @Test
    void shouldSayWhatEachScenarioAsks() throws IOException {
        String readme = Files.readString(README);
        List<String> missing = new ArrayList<>();
        for (ScenarioFile file : files()) {
            String name = Home.name(Path.of(file.name()));
            String aim = file.bindAll(Map.of()).get(0).scenario().aim().strip();
            String row = "| [" + name + "](" + name + ".yaml) | " + aim + " |";
            if (!readme.contains(row)) {
                missing.add(row);
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void shouldShowTheTablesThatRunPrints() throws IOException {
        List<String> readme = Files.readAllLines(README);
        List<String> missing = new ArrayList<>();
        Attacks attacks = new Attacks();
        for (ScenarioFile file : files()) {
            OutcomeTable table = new OutcomeTable();
            for (BoundScenario variant : file.bindAll(Map.of())) {
                if (!variant.scenario().measure().table().isEmpty()) {
                    RunResult result = runner.run(variant, 0, Choices.PLAIN, machine -> {});
                    table.add(result);
                    if (isAttack(file)) {
                        attacks.add(result);
                    }
                }
            }
            for (String line : table.lines()) {
                if (readme.stream().noneMatch(said -> agree(said, line))) {
                    missing.add(file.name() + ": " + line);
                }
            }
        }
        for (String line : new MatrixTable(attacks.matrix()).markdown()) {
            if (!readme.contains(line)) {
                missing.add("svasim matrix --attacks --format markdown: " + line);
            }
        }
        assertEquals(List.of(), missing);
    }

    private static boolean isAttack(ScenarioFile file) throws IOException {
        return Attacks.files().stream()
                .anyMatch(path -> path.getFileName().equals(Path.of(file.name()).getFileName()));
    }

    private static List<ScenarioFile> files() throws IOException {
        List<ScenarioFile> files = new ArrayList<>();
        for (Path path : Home.files()) {
            if (path.getParent().endsWith("devices")) {
                files.add(ScenarioFile.read(path));
            }
        }
        return files;
    }

    private static boolean agree(String said, String line) {
        String[] words = said.split(" \\| ?");
        String[] cells = line.split(" \\| ?");
        boolean same = words.length == cells.length;
        for (int i = 0; same && i < cells.length; i++) {
            same = words[i].equals(cells[i]) || near(words[i], cells[i]);
        }
        return same;
    }

    private static boolean near(String said, String cell) {
        if (!said.matches("\\d+") || !cell.matches("\\d+")) {
            return false;
        }
        double ratio = Double.parseDouble(said) / Double.parseDouble(cell);
        return ratio < SLACK && ratio > 1 / SLACK;
    }
}
