package svasim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    private static final Map<String, String> CLASSES =
            Map.of(
                    "a/A.class", "code of A",
                    "a/B.class", "code of B",
                    "META-INF/services/a.Model", "a.B");

    @TempDir private Path temporary;

    private Path folder(String name, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = temporary.resolve(name).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return temporary.resolve(name);
    }

    private Path jar(String name, String classPath, Map<String, String> files, long time)
            throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = temporary.resolve(name);
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                JarEntry entry = new JarEntry(file.getKey());
                entry.setLastModifiedTime(FileTime.fromMillis(time));
                entries.putNextEntry(entry);
                entries.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                entries.closeEntry();
            }
        }
        return jar;
    }

    private static String of(Object... paths) {
        StringBuilder all = new StringBuilder();
        for (Object path : paths) {
            all.append(all.length() == 0 ? "" : File.pathSeparator).append(path);
        }
        return Program.fingerprint(all.toString());
    }

    @Test
    void shouldBeTheSameInAFolderInAJarAndOnAnotherDay() throws IOException {
        String expected = of(folder("one", CLASSES));

        assertEquals(expected, of(folder("two", CLASSES)));
        assertEquals(expected, of(jar("x.jar", "", CLASSES, 1_000_000_000_000L)));
        assertEquals(expected, of(jar("y.jar", "", CLASSES, 1_700_000_000_000L)));
        assertEquals(expected, of(jar("main.jar", "y.jar none.jar", Map.of(), 0)));
        assertEquals(32, expected.length());
    }

    @Test
    void shouldChangeWithAClassAndWithAModelThatIsAdded() throws IOException {
        String before = of(folder("one", CLASSES));
        folder("one", Map.of("notes.txt", "none of its business", "page.css", "p {}"));
        assertEquals(before, of(temporary.resolve("one")));

        Path mine = jar("mine.jar", "", Map.of("b/Mine.class", "mine"), 0);
        assertNotEquals(before, of(temporary.resolve("one"), mine));
        folder("one", Map.of("META-INF/services/a.Model", "a.A"));
        String other = of(temporary.resolve("one"));
        assertNotEquals(before, other);
        folder("one", Map.of("a/A.class", "better code of A"));
        assertNotEquals(other, of(temporary.resolve("one")));
    }

    @Test
    void shouldTakeAClassFromWhereItIsFoundFirst() throws IOException {
        Path old = folder("old", CLASSES);
        Path now = folder("now", Map.of("a/A.class", "better code of A"));

        assertEquals(of(old), of(old, now));
        assertNotEquals(of(old), of(now, old));
    }
}
