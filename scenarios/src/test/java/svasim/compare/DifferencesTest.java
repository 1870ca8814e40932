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

    private static List<String> names(Differences differences) {
        return differences.found().stream().map(Differences.Difference::name).toList();
    }

    @Test
    void shouldFindNothingBetweenEqualRuns() throws IOException {
        Differences same = Differences.between(run("a", 10, 5, ""), run("b", 10, 5, ""), 0);

        assertEquals(List.of(), same.found());
        assertEquals(3, same.compared());
    }

    @Test
    void shouldFindCountersAndPartsOfLatencies() throws IOException {
        Differences some = Differences.between(run("a", 10, 200, ""), run("b", 11, 100, ""), 0);

        assertEquals(List.of("iotlb.hits", "walk.ps/p99"), names(some));
        assertEquals(10.0, some.found().get(0).percent(), 1e-9);
        assertEquals(-50.0, some.found().get(1).percent(), 1e-9);
    }

    @Test
    void shouldPassOverWhatLiesWithinTheThreshold() throws IOException {
        Path first = run("a", 100, 200, "");
        Path second = run("b", 110, 200, "");

        assertEquals(List.of(), names(Differences.between(first, second, 10)));
        assertEquals(List.of("iotlb.hits"), names(Differences.between(first, second, 9.9)));
    }

    @Test
    void shouldFindWhatOnlyOneRunHasAtAnyThreshold() throws IOException {
        Path first = run("a", 1, 1, "");
        Path second = run("b", 1, 1, ", \"stalls\": {\"value\": 0}");

        Differences more = Differences.between(first, second, 1000);
        assertEquals(List.of("stalls"), names(more));
        assertTrue(DifferenceReport.text(more).get(0).endsWith("new"));
        assertTrue(
                DifferenceReport.text(Differences.between(second, first, 1000))
                        .get(0)
                        .endsWith("gone"));
    }

    @Test
    void shouldCompareVariantsByTheirNames() throws IOException {
        run("a/defect", 1, 1, "");
        run("a/fixed", 1, 1, "");
        run("b/defect", 2, 1, "");
        run("b/fixed", 1, 1, "");

        Differences differences =
                Differences.between(temporary.resolve("a"), temporary.resolve("b"), 0);
        assertEquals(List.of("defect/iotlb.hits"), names(differences));
    }

    @Test
    void shouldRefuseAFolderThatHoldsNoRun() {
        assertThrows(
                FileNotFoundException.class, () -> Differences.between(temporary, temporary, 0));
    }
}
