package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import svasim.run.MachineAssembly;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** The story of the race S18: the thread that reads page requests is late. */
class StoryTest {
    private static Finding finding;

    @BeforeAll
    static void find() throws IOException {
        ScenarioFile file =
                ScenarioFile.read(Home.scenarios().resolve("races/s18-unbind-without-drain.yaml"));
        finding =
                new Explorer(new MachineAssembly(), file.bind("unordered", Map.of()), 0)
                        .replay(Schedule.parse("os.wakeup@irq/iommu0-prq#2=2"));
    }

    private static int lineWith(String words) {
        List<String> story = finding.story().lines();
        for (int i = 0; i < story.size(); i++) {
            if (story.get(i).contains(words)) {
                return i;
            }
        }
        throw new AssertionError("\"" + words + "\" is not in\n" + String.join("\n", story));
    }

    @Test
    void shouldFitIntoABugReport() {
        assertTrue(
                finding.story().lines().size() <= Story.LONGEST + 1,
                finding.story().lines().toString());
    }

    @Test
    void shouldTellTheLifeOfThePasidUpToWhatBroke() {
        int bound = lineWith("PASID 1 is bound: dsa0 may use the memory of victim");
        int cut = lineWith("PASID 1 is cut");
        int broken = lineWith("an invariant is broken: I-33");

        assertTrue(bound < lineWith("signal SIGKILL for victim"));
        assertTrue(bound < cut && cut < broken);
    }

    @Test
    void shouldMarkWhereEachDeviationTakesEffect() {
        List<String> marked =
                finding.story().lines().stream().filter(line -> line.contains("HERE:")).toList();

        assertEquals(finding.schedule().deviations().size(), finding.story().deviations().size());
        for (int i = 0; i < marked.size(); i++) {
            assertTrue(
                    marked.get(i).endsWith(finding.story().deviations().get(i)), marked.toString());
        }
        assertTrue(lineWith("HERE:") < lineWith("an invariant is broken"));
    }

    @Test
    void shouldNameTheRequestThatIsNeverAnswered() {
        assertTrue(lineWith("and gets no answer") < lineWith("an invariant is broken"));
    }

    @Test
    void shouldTellNeitherFramesNorLocksNorOtherProcesses() {
        for (String line : finding.story().lines()) {
            if (line.contains("HERE:")) {
                continue;
            }
            assertTrue(!line.matches(".*(frame 0x|take \\w+_lock|killer ).*"), line);
        }
    }

    @Test
    void shouldNumberItsLines() {
        HashSet<String> numbers = new HashSet<>();
        finding.story().lines().forEach(line -> numbers.add(line.substring(0, 5)));

        assertEquals(finding.story().lines().size(), numbers.size());
    }

    @Test
    void shouldReportWhatBroke() {
        assertTrue(finding.report().get(0).startsWith("I-33 broken at"), finding.report().get(0));
    }
}
