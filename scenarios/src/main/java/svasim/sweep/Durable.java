package svasim.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders that are there whole or not at all, also after a power failure. */
final class Durable {
    private Durable() {}

    /** Puts a file in the place of the old one, in one piece. */
    static void write(Path file, String text) throws IOException {
        String name = "." + file.getFileName() + "." + ProcessHandle.current().pid();
        Path whole = file.resolveSibling(name);
        try {
            Files.writeString(whole, text);
            sync(whole);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** Gives a folder its name once all that is in it is on the disk. */
    static void publish(Path folder, Path name) throws IOException {
        for (Path path : below(folder)) {
            sync(path);
        }
        Files.move(folder, name, StandardCopyOption.ATOMIC_MOVE);
        sync(name.getParent());
    }

    /** Removes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : below(folder)) {
                Files.delete(path);
            }
        }
    }

    /** The deepest first. */
    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
