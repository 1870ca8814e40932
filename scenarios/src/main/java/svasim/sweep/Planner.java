package svasim.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import svasim.binding.InvalidInput;
import svasim.binding.Mistake;
import svasim.binding.Place;
import svasim.kernel.Choices;
import svasim.run.Assembly;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/** Makes a plan of what the user asks for, and finds every mistake in it before anything runs. */
public final class Planner {
    private static final int MOST_POINTS = 1_000_000;

    private final ScenarioFile file;
    private final Assembly assembly;
    private final Set<Mistake> mistakes = new LinkedHashSet<>();

    private Planner(ScenarioFile file, Assembly assembly) {
        this.file = file;
        this.assembly = assembly;
    }

    /**
     * What to sweep.
     *
     * @param variant only this one; null for all
     * @param axes {@code key=values} each
     * @param sets values that are the same at all points
     * @param seeds values of the seed, as an axis has them
     * @param samples points to draw; 0 for the whole product
     * @param sampleSeed seed of the draw
     */
    public record Request(
            String variant,
            List<String> axes,
            Map<String, String> sets,
            String seeds,
            int samples,
            long sampleSeed) {}

    /**
     * @param assembly puts machines together, to find mistakes that only then show
     * @param out folder of the results
     * @throws InvalidInput with every mistake that is found
     */
    public static Plan plan(Path scenario, Request request, Assembly assembly, Path out)
            throws IOException {
        ScenarioFile file = ScenarioFile.read(scenario);
        List<Point> points = new Planner(file, assembly).points(request);
        return new Plan(scenario.toAbsolutePath().normalize(), out, points);
    }

    private List<Point> points(Request request) {
        Grid grid = grid(request);
        checkAlone(grid);
        throwMistakes();
        long size = request.samples() > 0 ? Math.min(request.samples(), grid.size()) : grid.size();
        if (size > MOST_POINTS / grid.seeds().size()) {
            throw new InvalidInput(
                    Place.whole(file.name()),
                    "",
                    "a product of " + grid.size() + " points",
                    "at most " + MOST_POINTS + " with all seeds; draw some with --samples");
        }
        List<Grid.Place> places =
                request.samples() > 0
                        ? grid.sample(request.samples(), request.sampleSeed())
                        : grid.all();
        return bound(places);
    }

    private Grid grid(Request request) {
        List<String> variants =
                request.variant() == null ? file.variants() : List.of(request.variant());
        List<Axis> axes = new ArrayList<>();
        request.sets().forEach((key, value) -> axes.add(new Axis(key, List.of(value))));
        for (String text : request.axes()) {
            try {
                Axis axis = Axis.parse(text);
                if (axes.stream().anyMatch(other -> other.key().equals(axis.key()))) {
                    throw new InvalidInput(
                            Place.whole("-p " + text), "", "key given twice", "give all at once");
                }
                axes.add(axis);
            } catch (InvalidInput e) {
                mistakes.addAll(e.mistakes());
            }
        }
        return new Grid(variants, axes, seeds(request.seeds()));
    }

    private List<Long> seeds(String text) {
        List<Long> seeds = new ArrayList<>();
        try {
            for (String seed : Axis.values("--seeds", text)) {
                seeds.add(Long.parseLong(seed));
            }
        } catch (NumberFormatException e) {
            mistakes.add(
                    new Mistake(
                            Place.whole("--seeds"),
                            "",
                            "\"" + text + "\"",
                            "expected whole numbers, such as 1..5"));
        } catch (InvalidInput e) {
            mistakes.addAll(e.mistakes());
        }
        return seeds;
    }

    /** Every value once, the others at their first, so that each mistake is found quickly. */
    private void checkAlone(Grid grid) {
        for (String variant : grid.variants()) {
            Map<String, String> first = new LinkedHashMap<>();
            grid.axes().forEach(axis -> first.put(axis.key(), axis.values().get(0)));
            check(variant, first);
            for (Axis axis : grid.axes()) {
                for (String value : axis.values().subList(1, axis.values().size())) {
                    Map<String, String> keys = new LinkedHashMap<>(first);
                    keys.put(axis.key(), value);
                    check(variant, keys);
                }
            }
        }
    }

    private void check(String variant, Map<String, String> keys) {
        try {
            assembly.assemble(file.bind(variant, keys, "-p"), 0, Choices.PLAIN);
        } catch (InvalidInput e) {
            mistakes.addAll(e.mistakes());
        }
    }

    /** What is wrong only together is found here; the order is that of the places. */
    private List<Point> bound(List<Grid.Place> places) {
        List<Object> bound =
                IntStream.range(0, places.size())
                        .parallel()
                        .mapToObj(number -> point(number, places.get(number)))
                        .toList();
        List<Point> points = new ArrayList<>();
        for (Object one : bound) {
            if (one instanceof Point point) {
                points.add(point);
            } else {
                mistakes.addAll(((InvalidInput) one).mistakes());
            }
        }
        throwMistakes();
        return points;
    }

    private Object point(int number, Grid.Place place) {
        try {
            BoundScenario scenario = file.bind(place.variant(), place.keys(), "-p");
            String hash = Point.hash(scenario, place.seed(), Program.FINGERPRINT);
            return new Point(number, place.variant(), place.keys(), place.seed(), hash);
        } catch (InvalidInput e) {
            return e;
        }
    }

    private void throwMistakes() {
        if (!mistakes.isEmpty()) {
            throw new InvalidInput(List.copyOf(mistakes));
        }
    }
}
