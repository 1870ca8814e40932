package svasim.bench.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Prints one line for each N of each subject, or of one. Each point is measured in a Java machine
 * of its own, which may take as much heap as it needs, up to {@code -Dsvasim.scale.heap}.
 */
public final class ScaleBench {
    private static final String USAGE =
            "usage: ScaleBench [SUBJECT [N [INVARIANTS [here]]]], SUBJECT one of pasids, functions,"
                    + " iommus, processes, memory, events; on or off";

    private static final int ALL = 4;
    private static final String HEAP = System.getProperty("svasim.scale.heap", "12g");

    private ScaleBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > ALL) {
            System.err.println(USAGE);
            System.exit(64);
        }
        if (arguments.length == ALL) {
            System.out.println(
                    new ScaleMeasurement(
                                    subject(arguments[0]),
                                    Integer.parseInt(arguments[1]),
                                    arguments[2].equals("on"))
                            .measure());
            return;
        }
        List<ScaleSubject> subjects =
                arguments.length == 0
                        ? List.of(ScaleSubject.values())
                        : List.of(subject(arguments[0]));
        for (ScaleSubject subject : subjects) {
            int[] points =
                    arguments.length < 2
                            ? subject.usual()
                            : new int[] {Integer.parseInt(arguments[1])};
            for (int n : points) {
                start(subject, n, arguments.length < 3 ? "off" : arguments[2]);
            }
        }
    }

    private static ScaleSubject subject(String word) {
        return ScaleSubject.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static void start(ScaleSubject subject, int n, String invariants)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-Xmx" + HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScaleBench.class.getName(),
                        subject.name(),
                        Integer.toString(n),
                        invariants,
                        "here");
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            System.exit(code);
        }
    }
}
