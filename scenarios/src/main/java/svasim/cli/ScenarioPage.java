package svasim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import svasim.binding.Plain;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.Scenario;
import svasim.scenario.ScenarioFile;

/** What {@code show} tells of a scenario. */
final class ScenarioPage {
    private ScenarioPage() {}

    static List<String> of(Path file) throws IOException {
        ScenarioFile read = ScenarioFile.read(file);
        BoundScenario bound = read.bind(read.variants().get(0), Map.of());
        Scenario scenario = bound.scenario();
        List<String> lines = new ArrayList<>();
        lines.add(Home.name(file) + ": " + scenario.title());
        if (!scenario.aim().isEmpty()) {
            lines.add(scenario.aim());
        }
        lines.add("");
        lines.add("machine:   " + machine(scenario));
        if (scenario.variants().isEmpty()) {
            lines.add("policy:    " + scenario.os().policy());
        }
        lines.add("processes: " + String.join(", ", scenario.processes().keySet()));
        scenario.guests()
                .forEach(
                        (name, guest) ->
                                lines.add(
                                        "guest "
                                                + name
                                                + ": "
                                                + String.join(", ", guest.processes().keySet())));
        scenario.variants().forEach((name, values) -> lines.add(variant(name, values)));
        lines.add("run it:    svasim run " + file);
        lines.add("");
        lines.addAll(Files.readAllLines(file));
        return lines;
    }

    private static String machine(Scenario scenario) {
        String profile = scenario.machine().profile();
        String devices =
                scenario.machine().devices().entrySet().stream()
                        .map(device -> device.getKey() + " (" + device.getValue().model() + ")")
                        .collect(Collectors.joining(", "));
        return (profile == null ? "defaults" : profile)
                + (devices.isEmpty() ? "" : " with ")
                + devices;
    }

    private static String variant(String name, Map<String, svasim.binding.Node> values) {
        String changes =
                values.entrySet().stream()
                        .map(value -> value.getKey() + " = " + Plain.of(value.getValue()))
                        .collect(Collectors.joining(", "));
        return "variant " + name + ": " + (changes.isEmpty() ? "as it stands" : changes);
    }
}
