package svasim.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is known of the tables at one moment of a capture.
 *
 * @param live translations that the tables give, and accesses that they refuse
 * @param pages every page that holds a table: its address, and its bytes or the digit 0
 */
record Snapshot(List<String> live, List<String> pages) {
    static final Snapshot NONE = new Snapshot(List.of(), List.of());

    /** The files of one snapshot; without lines where a file is not there. */
    static Snapshot read(Path folder, String number) throws IOException {
        String name = "snap" + number;
        return new Snapshot(
                lines(folder.resolve(name + ".live.gz")),
                lines(folder.resolve(name + ".pages.gz")));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Capture.packedLines(file) : List.of();
    }
}
