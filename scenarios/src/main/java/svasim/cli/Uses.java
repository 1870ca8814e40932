package svasim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.Scenario;
import svasim.scenario.ScenarioFile;

/** Finds the shipped scenarios in which something occurs. */
final class Uses {
    private Uses() {}

    /**
     * A line with the names of scenarios, with variants in brackets if it is not all of them; none
     * if none fits.
     *
     * @param name what a file must contain to be looked at more closely: what it is about comes
     *     from the file itself, unless it is a default
     */
    static List<String> of(String words, String name, Predicate<Scenario> occurs)
            throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : Home.files()) {
            if (!Files.readString(file).contains(name)) {
                continue;
            }
            List<BoundScenario> all = ScenarioFile.read(file).bindAll(Map.of());
            List<String> variants =
                    all.stream()
                            .filter(bound -> occurs.test(bound.scenario()))
                            .map(BoundScenario::variant)
                            .toList();
            if (variants.size() == all.size()) {
                names.add(Home.name(file));
            } else if (!variants.isEmpty()) {
                names.add(Home.name(file) + " " + variants);
            }
        }
        return names.isEmpty() ? List.of() : List.of(words + ": " + String.join(", ", names));
    }
}
