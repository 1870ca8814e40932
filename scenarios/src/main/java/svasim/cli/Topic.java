package svasim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.binding.Node;
import svasim.binding.TreeReader;
import svasim.check.Catalogue;
import svasim.kernel.Choices;
import svasim.os.defect.Defect;
import svasim.os.sva.Policies;
import svasim.report.words.Glossary;
import svasim.run.MachineAssembly;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioExtensions;
import svasim.scenario.ScenarioFile;
import svasim.stats.Statistics;

/** What {@code list} lists and {@code show} shows. */
enum Topic {
    SCENARIOS {
        @Override
        Map<String, String> entries() throws IOException {
            return titles(Home.files());
        }

        @Override
        List<String> page(String name) throws IOException {
            return ScenarioPage.of(file(name, Home.files()));
        }
    },
    LESSONS {
        @Override
        Map<String, String> entries() throws IOException {
            return titles(Home.lessons());
        }

        @Override
        List<String> page(String name) throws IOException {
            List<String> lines = new ArrayList<>(ScenarioPage.of(file(name, Home.lessons())));
            lines.add("svasim lesson " + name);
            return lines;
        }
    },
    GLOSSARY {
        @Override
        Map<String, String> entries() {
            return Glossary.entries();
        }

        @Override
        List<String> page(String name) throws IOException {
            List<String> lines = new ArrayList<>(super.page(name));
            lines.add("see also: " + String.join(", ", Glossary.mentioning(name)));
            return lines;
        }
    },
    MODELS {
        @Override
        Map<String, String> entries() {
            Map<String, String> entries = new LinkedHashMap<>();
            ScenarioExtensions.of(null)
                    .models()
                    .forEach((name, model) -> entries.put(name, model.summary()));
            return entries;
        }

        @Override
        List<String> page(String name) throws IOException {
            return ModelPage.of(ScenarioExtensions.of(null).models().get(name));
        }

        @Override
        List<String> details(String name) {
            return ModelPage.parameters(ScenarioExtensions.of(null).models().get(name));
        }
    },
    POLICIES {
        @Override
        Map<String, String> entries() {
            Map<String, String> entries = new LinkedHashMap<>();
            Policies.all().forEach(policy -> entries.put(policy.name(), policy.summary()));
            return entries;
        }

        @Override
        List<String> page(String name) throws IOException {
            List<String> lines = new ArrayList<>(super.page(name));
            boolean usual = name.equals(Policies.DEFAULT);
            lines.add("os: {policy: " + name + "}" + (usual ? ", the default" : ""));
            lines.addAll(
                    Uses.of("scenarios", usual ? "" : name, s -> name.equals(s.os().policy())));
            return lines;
        }
    },
    INVARIANTS {
        @Override
        Map<String, String> entries() {
            Map<String, String> entries = new LinkedHashMap<>();
            Catalogue.entries().forEach(entry -> entries.put(entry.id(), entry.statement()));
            return entries;
        }

        @Override
        List<String> page(String name) throws IOException {
            List<String> lines = new ArrayList<>(super.page(name));
            lines.add("checked in every run; a scenario that breaks it says so:");
            lines.add("expect: {violations: [" + name + "]}");
            lines.addAll(Uses.of("broken in", name, s -> s.expect().violations().contains(name)));
            Defect.of(name).ifPresent(d -> lines.add("defect " + name + ": " + d.description()));
            return lines;
        }
    },
    DEFECTS {
        @Override
        Map<String, String> entries() {
            Map<String, String> entries = new LinkedHashMap<>();
            for (Defect defect : Defect.values()) {
                entries.put(defect.id(), defect.description());
            }
            return entries;
        }

        @Override
        List<String> page(String name) throws IOException {
            List<String> lines = new ArrayList<>(super.page(name));
            lines.add("defects: [" + name + "]");
            lines.addAll(Uses.of("scenarios", name, s -> s.defects().contains(name)));
            return lines;
        }
    },
    PROFILES {
        @Override
        Map<String, String> entries() throws IOException {
            return titles(Home.profiles());
        }

        @Override
        List<String> page(String name) throws IOException {
            return ProfilePage.of(file(name, Home.profiles()), entries().get(name));
        }
    },
    STATS {
        @Override
        Map<String, String> entries() throws IOException {
            return statistics();
        }

        @Override
        List<String> page(String name) throws IOException {
            List<String> lines = new ArrayList<>(super.page(name));
            lines.add("in stats.json and stats.csv of a run directory; to bound it:");
            lines.add("expect: {statistics: {" + name + ": {min: 1, max: 100}}}");
            return lines;
        }
    };

    /** Scenario whose machine has every kind of part that is common. */
    private static final String TYPICAL = "lifecycle/bind-to-free.yaml";

    /** A line for each name, in a fixed order. */
    abstract Map<String, String> entries() throws IOException;

    /** All that is told of one of the entries. */
    List<String> page(String name) throws IOException {
        return List.of(name + ": " + entries().get(name));
    }

    /** What the list has below the line of an entry. */
    List<String> details(String name) {
        return List.of();
    }

    private static Path file(String name, List<Path> files) {
        return files.stream().filter(file -> Home.name(file).equals(name)).findFirst().get();
    }

    private static Map<String, String> titles(List<Path> files) throws IOException {
        Map<String, String> titles = new LinkedHashMap<>();
        for (Path file : files) {
            Node root = TreeReader.read(file.toString(), Files.readAllBytes(file));
            boolean titled =
                    root instanceof Node.Mapping map && map.get("title") instanceof Node.Scalar;
            String title = titled ? ((Node.Scalar) ((Node.Mapping) root).get("title")).text() : "";
            titles.put(Home.name(file), title);
        }
        return titles;
    }

    private static Map<String, String> statistics() throws IOException {
        ScenarioFile file = ScenarioFile.read(Home.scenarios().resolve(TYPICAL));
        BoundScenario scenario = file.bind(file.variants().get(0), Map.of());
        Statistics statistics =
                new MachineAssembly().assemble(scenario, 0, Choices.PLAIN).statistics();
        Map<String, String> entries = new LinkedHashMap<>();
        for (String name : statistics.counters().keySet()) {
            entries.put(name, statistics.description(name));
        }
        for (String name : statistics.latencies().keySet()) {
            entries.put(name, statistics.description(name));
        }
        return entries;
    }
}
