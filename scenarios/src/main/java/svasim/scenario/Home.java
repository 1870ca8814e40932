package svasim.scenario;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of scenario files that comes with the program. */
public final class Home {
    private static final String SUFFIX = ".yaml";
    private static final String PROFILES = "profiles";
    private static final String LESSONS = "lessons";

    private Home() {}

    /** The folder {@code scenarios}; it is found from where the program's own classes lie. */
    public static Path scenarios() {
        try {
            Path code =
                    Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (Path folder = code; folder != null; folder = folder.getParent()) {
                Path here = folder.resolve("scenarios");
                if (Files.isDirectory(here.resolve(PROFILES))) {
                    return here;
                }
            }
            return code;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every scenario file, in the order of paths. */
    public static List<Path> files() throws IOException {
        Path home = scenarios();
        return list(home).stream().filter(file -> !isProfile(home, file)).toList();
    }

    /** Every scenario of the course, in the order of their names. */
    public static List<Path> lessons() throws IOException {
        return list(scenarios().resolve(LESSONS));
    }

    /** Every hardware profile. */
    public static List<Path> profiles() throws IOException {
        return list(scenarios().resolve(PROFILES));
    }

    /** Name of a scenario or profile: its file's name without ending. */
    public static String name(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static boolean isProfile(Path home, Path file) {
        return file.startsWith(home.resolve(PROFILES));
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> !isBuildOutput(folder, file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isBuildOutput(Path folder, Path file) {
        String top = folder.relativize(file).getName(0).toString();
        return top.equals("target") || top.equals("src");
    }
}
