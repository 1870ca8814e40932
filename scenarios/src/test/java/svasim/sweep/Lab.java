package svasim.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import svasim.kernel.Choices;
import svasim.run.Assembly;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.run.ToyMachine;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/** Sweeps of toy machines, which draw times that depend on their configuration and seed. */
final class Lab {
    static final String KEY = "processes.app.buffers.src.size";
    private static final String SCENARIO =
            """
            svasim: 1
            title: Toy
            processes: {app: {buffers: {src: {size: 4KiB}, dst: {}}}}
            """;
    private static final int DRAWS = 50;

    final Path scenario;
    final Path out;

    /** Titles of what has been run, in no order. */
    final List<String> runs = Collections.synchronizedList(new ArrayList<>());

    /** Never asked for, unless the sweep asks for it itself. */
    final Brake brake = new Brake();

    /** Points, by value and seed, whose run comes to nothing. */
    private final Set<String> broken;

    Lab(Path folder, String... broken) throws IOException {
        scenario = Files.writeString(folder.resolve("toy.yaml"), SCENARIO);
        out = folder.resolve("out");
        this.broken = Set.of(broken);
    }

    Plan plan(String sizes, String seeds) throws IOException {
        Planner.Request request =
                new Planner.Request(null, List.of(KEY + "=" + sizes), Map.of(), seeds, 0, 0);
        Plan plan = Planner.plan(scenario, request, ToyMachine.assembly(), out);
        Store.open(out);
        plan.write(out.resolve(Plan.FILE));
        return plan;
    }

    List<SweepRun.Outcome> run(Plan plan, int jobs) throws IOException {
        Store store = Store.open(out);
        PointRun points =
                new PointRun(
                        new Runner(assembly()), ScenarioFile.read(scenario), store, machine -> {});
        return new SweepRun(points, store, brake, (outcome, fresh) -> {}).run(plan, jobs);
    }

    /** Only remembers that it has been asked for. */
    static final class Brake implements SweepRun.Stop {
        private volatile boolean pulled;

        @Override
        public boolean isRequested() {
            return pulled;
        }

        @Override
        public void request() {
            pulled = true;
        }
    }

    private Assembly assembly() {
        return (BoundScenario bound, long seed, Choices choices) -> {
            Simulation toy = ToyMachine.assembly().assemble(bound, seed, choices);
            String size = size(bound);
            runs.add(size + " " + seed);
            if (broken.contains(size + " " + seed)) {
                throw new IllegalStateException("a bug at " + size);
            }
            Histogram times = toy.statistics().latency("toy.draw.ps", "times drawn");
            draws(size, seed).forEach(times::recordValue);
            return toy;
        };
    }

    private static String size(BoundScenario bound) {
        return bound.scenario().processes().get("app").buffers().get("src").size().toString();
    }

    /** What a run at this point records. */
    static List<Long> draws(String size, long seed) {
        SplittableRandom random = new SplittableRandom(31 * size.hashCode() + seed);
        List<Long> draws = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            draws.add(1 + (random.nextLong() >>> random.nextInt(20, 60)));
        }
        return draws;
    }

    /** Every file below a folder with what is in it, without wall-clock values. */
    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                if (!path.endsWith("run.json")) {
                    byte[] bytes = Files.readAllBytes(path);
                    String text = new String(bytes, StandardCharsets.ISO_8859_1);
                    files.put(folder.relativize(path).toString(), text);
                }
            }
        }
        return files;
    }
}
