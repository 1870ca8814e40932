package svasim.sweep;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * What the program consists of, device models of the user's own included: a change of it may change
 * results. Classes count by name and content wherever they lie, so that a build that is repeated
 * with the same compiler is the same program; of a jar only its directory is read.
 */
final class Program {
    /** Of the program that runs. */
    static final String FINGERPRINT = fingerprint(System.getProperty("java.class.path"));

    private static final String CLASS = ".class";
    private static final String SERVICES = "META-INF/services/";

    /** CRC-32 of what is found first under a name. */
    private final Map<String, Long> parts = new TreeMap<>();

    private Program() {}

    /**
     * @param classPath folders and jars, as {@code java -cp} has them; a jar may name others
     */
    static String fingerprint(String classPath) {
        try {
            Program program = new Program();
            for (Path root : roots(classPath)) {
                program.add(root);
            }
            Digest digest = new Digest();
            program.parts.forEach((name, crc) -> digest.add(name + " " + crc + "\n"));
            return digest.hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every folder and jar that is there, in the order in which classes are looked for. */
    private static Set<Path> roots(String classPath) throws IOException {
        Set<Path> roots = new LinkedHashSet<>();
        Deque<Path> ahead = new ArrayDeque<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            ahead.add(Path.of(entry).toAbsolutePath());
            while (!ahead.isEmpty()) {
                Path root = ahead.pop();
                if (Files.exists(root) && roots.add(root) && Files.isRegularFile(root)) {
                    namedBy(root).forEach(ahead::push);
                }
            }
        }
        return roots;
    }

    /** The last first; the addresses are relative to the jar. */
    private static Deque<Path> namedBy(Path jar) throws IOException {
        Deque<Path> named = new ArrayDeque<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String paths =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String path : paths == null ? new String[0] : paths.split(" ")) {
                if (!path.isEmpty()) {
                    named.push(Path.of(jar.toUri().resolve(path)));
                }
            }
        }
        return named;
    }

    private void add(Path root) throws IOException {
        if (Files.isRegularFile(root)) {
            try (JarFile jar = new JarFile(root.toFile())) {
                jar.stream().forEach(this::add);
            }
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace(File.separatorChar, '/');
                if (counts(name)) {
                    CRC32 crc = new CRC32();
                    crc.update(Files.readAllBytes(file));
                    parts.putIfAbsent(name, crc.getValue());
                }
            }
        }
    }

    private void add(ZipEntry entry) {
        if (counts(entry.getName())) {
            parts.putIfAbsent(entry.getName(), entry.getCrc());
        }
    }

    private static boolean counts(String name) {
        return name.endsWith(CLASS) || name.startsWith(SERVICES) && !name.equals(SERVICES);
    }
}
