package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import svasim.scenario.Home;

/**
 * The device model that {@code device-models/README.md} writes: what stands on the page is compiled
 * into a jar of its own, found on the class path, and run.
 */
class TutorialTest {
    private static final int MOST_LINES = 150;
    private static final Pattern BLOCK =
            Pattern.compile("```(java|yaml|text)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SOURCE_NAME = Pattern.compile("// (\\S+)\n");
    private static final String SERVICE = "META-INF/services/svasim.device.DeviceModelProvider";

    @TempDir private Path temporary;
    private final List<Path> sources = new ArrayList<>();
    private Path classes;
    private Path scenario;
    private int lines;

    @BeforeEach
    void takeCodeFromThePage() throws IOException {
        classes = temporary.resolve("classes");
        scenario = temporary.resolve("twice.yaml");
        Path page = Home.scenarios().resolveSibling("device-models").resolve("README.md");
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            lines += block.group(2).lines().count();
            Files.createDirectories(target(block).getParent());
            Files.writeString(target(block), block.group(2));
        }
    }

    private Path target(Matcher block) {
        switch (block.group(1)) {
            case "yaml":
                return scenario;
            case "text":
                return classes.resolve(SERVICE);
            default:
                Matcher name = SOURCE_NAME.matcher(block.group(2));
                assertTrue(name.lookingAt(), "a source without its name");
                Path source = temporary.resolve(name.group(1));
                sources.add(source);
                return source;
        }
    }

    @Test
    void shouldTakeLessThanTheLinesThatThePagePromises() {
        assertTrue(lines < MOST_LINES, lines + " lines");
    }

    @Test
    void shouldRunAsWrittenFromAForeignJar() throws Exception {
        compile();

        assertTrue(output(0, "list", "models").contains("XORs a buffer with a key"));
        assertTrue(output(0, "run", scenario.toString()).contains("0 invariants broken"));
    }

    @Test
    void shouldSeeWhenTheKeyWasAppliedOnlyOnce() throws Exception {
        compile();
        String once = Files.readString(scenario).replaceFirst("key: 85", "key: 0");
        Files.writeString(scenario, once);

        assertTrue(output(1, "run", scenario.toString()).contains("app.text"));
    }

    private void compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
        arguments.addAll(List.of("-cp", classPath(), "-proc:none"));
        sources.forEach(source -> arguments.add(source.toString()));
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, code);
        pack();
    }

    private void pack() throws IOException {
        try (OutputStream bytes = Files.newOutputStream(jar());
                JarOutputStream jar = new JarOutputStream(bytes);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                jar.putNextEntry(new JarEntry(name));
                Files.copy(file, jar);
            }
        }
    }

    private Path jar() {
        return temporary.resolve("xor.jar");
    }

    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private String output(int code, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath() + File.pathSeparator + jar()));
        command.add("svasim.cli.Main");
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(temporary.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), output);
        return output;
    }
}
