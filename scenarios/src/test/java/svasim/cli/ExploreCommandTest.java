package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import svasim.scenario.Home;

/** What {@code explore} prints of a race that it finds. */
class ExploreCommandTest {
    private static final Pattern AGAIN =
            Pattern.compile(
                    "repeat it with: svasim explore (\\S+) --variant (\\S+) --replay '([^']+)'");

    /** A line of a sequence diagram of Mermaid whose text ends neither the line nor the message. */
    private static final Pattern OF_DIAGRAM =
            Pattern.compile(
                    "    (participant p\\d+ as|Note over p\\d+:|p\\d+->>p\\d+:) [^;#\\s][^;#\\n]*");

    @TempDir private Path temporary;

    private final Cli cli = new Cli();
    private final String race =
            Home.scenarios().resolve("races/s05-asid-unpinned-late.yaml").toString();

    private List<String> story() {
        return cli.out().lines().filter(line -> line.matches(" +\\d+\\. .*")).toList();
    }

    @Test
    void shouldRepeatWhatItFoundByTheCommandThatItPrints() {
        assertEquals(ExitCode.DIFFERENT, cli.run("explore", race, "--variant", "unordered"));
        List<String> story = story();
        Matcher again = AGAIN.matcher(cli.out());
        assertTrue(again.find(), cli.out());

        Cli second = new Cli();
        int code =
                second.run(
                        "explore",
                        again.group(1),
                        "--variant",
                        again.group(2),
                        "--replay",
                        again.group(3));

        assertEquals(ExitCode.DIFFERENT, code);
        assertEquals(
                story, second.out().lines().filter(line -> line.matches(" +\\d+\\. .*")).toList());
    }

    @Test
    void shouldDrawADiagramThatMermaidReads() throws IOException {
        Path out = temporary.resolve("found");
        cli.run("explore", race, "--variant", "unordered", "--out", out.toString());

        List<String> diagram = Files.readAllLines(out.resolve("story.mmd"));

        assertEquals("sequenceDiagram", diagram.get(0));
        for (String line : diagram.subList(1, diagram.size())) {
            assertTrue(OF_DIAGRAM.matcher(line).matches(), line);
        }
        int story = story().size();
        assertEquals(story, diagram.stream().filter(line -> line.contains(": ")).count());
    }

    @Test
    void shouldTabulateWhatIsFoundAndWhatThePlainRunShows() {
        assertEquals(ExitCode.GOOD, cli.run("explore", race, "--table", "--runs", "50"));

        String row = "\\| s05-asid-unpinned-late \\| unordered \\| S05 \\| I-22 \\| \\d+ \\| .*";
        assertTrue(cli.out().lines().anyMatch(line -> line.matches(row)), cli.out());
        assertTrue(cli.out().contains("Found: 1 (S05). Not found: none."), cli.out());
        assertTrue(cli.out().contains("Shown by a plain run: s05-asid-unpinned-late."), cli.out());
    }
}
