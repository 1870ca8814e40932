package svasim.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.binding.InvalidInput;

class DifferencesTest {
    @TempDir private Path temporary;

    private Path run(String folder, long hits, long p99, String more) throws IOException {
        Path run = Files.createDirectories(temporary.resolve(folder));
        Files.writeString(
                run.resolve("stats.json"),
                String.format(
                        """
                        {"counters": {
                           "iotlb.hits": {"value": %d, "description": "hits"}%s},
                         "latencies": {
                           "walk.ps": {"count": 2, "p99": %d, "description": "walks"}}}
                        """,
                        hits, more, p99));
        return run;
    }

    private static Differences between(Path first, Path second, double percent) throws IOException {
        return Differences.between(first, second, Thresholds.all(percent), List.of());
    }

    private static List<String> names(Differences differences) {
        return differences.found().stream().map(d -> d.name().toString()).toList();
    }

    @Test
    void shouldFindNothingBetweenEqualRuns() throws IOException {
        Differences same = between(run("a", 10, 5, ""), run("b", 10, 5, ""), 0);

        assertEquals(List.of(), same.found());
        assertEquals(3, same.compared());
    }

    @Test
    void shouldFindCountersAndPartsOfLatencies() throws IOException {
        Differences some = between(run("a", 10, 200, ""), run("b", 11, 100, ""), 0);

        assertEquals(List.of("iotlb.hits", "walk.ps/p99"), names(some));
        assertEquals(10.0, some.found().get(0).percent(), 1e-9);
        assertEquals(-50.0, some.found().get(1).percent(), 1e-9);
    }

    @Test
    void shouldPassOverWhatLiesWithinTheThreshold() throws IOException {
        Path first = run("a", 100, 200, "");
        Path second = run("b", 110, 200, "");

        assertEquals(List.of(), names(between(first, second, 10)));
        assertEquals(List.of("iotlb.hits"), names(between(first, second, 9.9)));
    }

    @Test
    void shouldFindWhatOnlyOneRunHasAtAnyThreshold() throws IOException {
        Path first = run("a", 1, 1, "");
        Path second = run("b", 1, 1, ", \"stalls\": {\"value\": 0}");

        Differences more = between(first, second, 1000);
        assertEquals(List.of("stalls"), names(more));
        assertTrue(DifferenceReport.text(more).get(0).endsWith("new"));
        assertTrue(DifferenceReport.text(between(second, first, 1000)).get(0).endsWith("gone"));
    }

    @Test
    void shouldCompareVariantsByTheirNames() throws IOException {
        run("a/defect", 1, 1, "");
        run("a/fixed", 1, 1, "");
        run("b/defect", 2, 1, "");
        run("b/fixed", 1, 1, "");

        Differences differences = between(temporary.resolve("a"), temporary.resolve("b"), 0);
        assertEquals(List.of("defect/iotlb.hits"), names(differences));
    }

    @Test
    void shouldRefuseAFolderThatHoldsNoRun() {
        assertThrows(FileNotFoundException.class, () -> between(temporary, temporary, 0));
    }

    private Path groups(String file, String mean, String half) throws IOException {
        String text =
                "scenario,variant,size,group,n,walk.ps/mean,walk.ps/mean +-95%,hits,hits +-95%\n";
        return Files.writeString(
                temporary.resolve(file), text + "s,,4KiB,0,3," + mean + "," + half + ",7,0\n");
    }

    @Test
    void shouldCompareMeansOverSeedsByTheirIntervals() throws IOException {
        Path before = groups("a.csv", "100.5", "4");

        Differences clear = between(before, groups("b.csv", "110.5", "5"), 2);
        assertEquals(List.of("s size=4KiB/walk.ps/mean"), names(clear));
        String line = DifferenceReport.text(clear).get(0);
        assertTrue(line.contains("100.5 +-4") && line.contains("110.5 +-5"), line);
        assertTrue(line.contains("+9.95 %"), line);

        Differences vague = between(before, groups("c.csv", "110.5", "6"), 2);
        assertEquals(List.of(), names(vague));
        assertTrue(DifferenceReport.text(vague).get(1).startsWith("1 more"));
        assertEquals(2, vague.compared());
    }

    @Test
    void shouldTakeTheMeanOfOneSeedAsItIs() throws IOException {
        Path before = groups("a.csv", "100", "");

        assertEquals(1, between(before, groups("b.csv", "100.1", ""), 0).found().size());
        assertEquals(0, between(before, groups("c.csv", "100.0", ""), 0).found().size());
    }

    @Test
    void shouldHoldAStatisticToItsOwnThreshold() throws IOException {
        Path first = run("a", 100, 200, "");
        Path second = run("b", 110, 220, "");

        for (String name : List.of("walk.ps", "walk.ps.p99", "walk.ps/p99")) {
            Thresholds thresholds = Thresholds.parse(List.of("20", name + "=5%"));
            assertEquals(
                    List.of("walk.ps/p99"),
                    names(Differences.between(first, second, thresholds, List.of())));
        }
        assertEquals(
                List.of("iotlb.hits"),
                names(
                        Differences.between(
                                first, second, Thresholds.all(0), List.of("iotlb.hits"))));
    }

    @Test
    void shouldRefuseAStatisticThatNeitherHas() throws IOException {
        Path run = run("a", 1, 1, "");
        Thresholds wrong = Thresholds.parse(List.of("iotlb.hit=5"));

        for (InvalidInput refused :
                List.of(
                        assertThrows(
                                InvalidInput.class,
                                () -> Differences.between(run, run, wrong, List.of())),
                        assertThrows(
                                InvalidInput.class,
                                () ->
                                        Differences.between(
                                                run,
                                                run,
                                                Thresholds.all(0),
                                                List.of("iotlb.hit"))))) {
            assertTrue(refused.getMessage().contains("iotlb.hits"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "two", "NaN", "a=", "a=-1", "a=b", "e3", "1e"})
    void shouldRefuseWhatIsNoThreshold(String word) {
        assertThrows(IllegalArgumentException.class, () -> Thresholds.parse(List.of(word)));
    }
}
