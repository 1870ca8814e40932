package svasim.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import svasim.binding.JsonText;
import svasim.binding.Node;
import svasim.binding.TreeReader;
import svasim.kernel.Kernel;
import svasim.run.RunResult;
import svasim.run.Summary;

/**
 * How the run of a point ended.
 *
 * @param end why it ended
 * @param good whether all was as expected
 * @param timePs simulated time of the end
 * @param events number of events
 * @param broken what was not as expected, one line each
 */
public record PointResult(
        Kernel.End end, boolean good, long timePs, long events, List<String> broken) {
    static final String FILE = "result.json";

    /** That it was cut off, or the first thing that was not as expected. */
    public String why() {
        return end == Kernel.End.QUIET && !broken.isEmpty() ? broken.get(0) : Summary.end(end);
    }

    static void write(Path folder, RunResult result) throws IOException {
        Files.writeString(folder.resolve(FILE), JsonText.pretty(Summary.plain(result)));
    }

    static PointResult read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Node.Mapping root =
                (Node.Mapping) TreeReader.read(file.toString(), Files.readAllBytes(file));
        List<String> broken = new ArrayList<>();
        for (String list : List.of("waiting", "broken")) {
            ((Node.Sequence) root.get(list)).items().forEach(item -> broken.add(text(item)));
        }
        return new PointResult(
                Kernel.End.valueOf(text(root.get("end"))),
                Boolean.parseBoolean(text(root.get("good"))),
                Long.parseLong(text(root.get("time_ps"))),
                Long.parseLong(text(root.get("events"))),
                broken);
    }

    private static String text(Node node) {
        return ((Node.Scalar) node).text();
    }
}
