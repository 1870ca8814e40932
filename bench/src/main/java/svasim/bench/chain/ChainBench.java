package svasim.bench.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints one line for each pattern of the chain, or for one point of it. Each point is measured in
 * a Java machine of its own.
 */
public final class ChainBench {
    private static final String USAGE =
            "usage: ChainBench [PATTERN [UNIT [INVARIANTS [TRACE [WARM-UP WINDOW]]]]], PATTERN one"
                    + " of hit, miss, mix, fault, UNIT one of vtd, smmuv3, amdvi; on or off;"
                    + " accesses";

    private static final int ALL = 6;

    /** So large that what was just freed is still in a cache of the processor when it is reused. */
    private static final String NURSERY = "-Xmn64m";

    /** Accesses, by default: fewer of those that fault, which fill memory. */
    private static final long WARM_UP = 600_000;

    private static final long WINDOW = 200_000;
    private static final int FAULT_SHARE = 40;

    private ChainBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == ALL) {
            measureHere(arguments);
        } else if (arguments.length > ALL) {
            refuse();
        } else {
            measureEach(arguments);
        }
    }

    private static void measureHere(String[] arguments) {
        ChainPoint point =
                new ChainPoint(
                        ChainPattern.valueOf(upper(arguments[0])),
                        ChainUnit.valueOf(upper(arguments[1])),
                        isOn(arguments[2]),
                        isOn(arguments[3]));
        System.out.println(
                new ChainMeasurement(
                                point, Long.parseLong(arguments[4]), Long.parseLong(arguments[5]))
                        .measure());
    }

    /** What is not said is measured in every way; the trace is off, and then on. */
    private static void measureEach(String[] said) throws IOException, InterruptedException {
        for (String pattern : values(said, 0, "hit", "mix", "miss", "fault")) {
            int share = pattern.equals("fault") ? FAULT_SHARE : 1;
            for (String unit : values(said, 1, "vtd", "smmuv3", "amdvi")) {
                for (String invariants : values(said, 2, "off", "on")) {
                    for (String trace : values(said, 3, "off", "on")) {
                        start(
                                List.of(
                                        pattern,
                                        unit,
                                        invariants,
                                        trace,
                                        Long.toString(WARM_UP / share),
                                        Long.toString(WINDOW / share)));
                    }
                }
            }
        }
    }

    private static List<String> values(String[] said, int place, String... all) {
        return place < said.length ? List.of(said[place]) : List.of(all);
    }

    private static void start(List<String> point) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(
                        List.of(java, "-XX:+UseSerialGC", "-Xms2g", "-Xmx2g", NURSERY, "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(ChainBench.class.getName());
        command.addAll(point);
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            System.exit(code);
        }
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static boolean isOn(String word) {
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> {
                refuse();
                yield false;
            }
        };
    }

    private static void refuse() {
        System.err.println(USAGE);
        System.exit(64);
    }
}
