package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import svasim.scenario.Home;

/** Every shipped story of a life or a race ends as its file says, defects included. */
class ShippedRunsTest {
    @TempDir private Path temporary;

    static List<Path> stories() throws IOException {
        try (Stream<Path> all =
                Stream.concat(
                        Files.walk(Home.scenarios().resolve("lifecycle")),
                        Files.walk(Home.scenarios().resolve("races")))) {
            return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldBreakExactlyWhatItsVariantsExpect(Path story) {
        StringWriter out = new StringWriter();
        String[] arguments = {"run", story.toString(), "--out", temporary + "/run"};
        CommandLine line = Main.commandLine(arguments);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));

        assertEquals(ExitCode.GOOD, line.execute(arguments), out::toString);
    }
}
