package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.run.MachineAssembly;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** Some rows of the table in {@code scenarios/races/README.md}, with few runs each. */
class RacesAreFoundTest {
    private static final int MOST_RUNS = 400;

    private static Race race(String file, String variant) throws IOException {
        return Race.in(
                        ScenarioFile.read(Home.scenarios().resolve("races/" + file + ".yaml")),
                        Map.of())
                .stream()
                .filter(race -> race.scenario().variant().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "s04-last-count-before-lists, hidden-smmuv3, I-22",
        "s05-asid-unpinned-late, unordered, I-22",
        "s08-key-is-the-pid, unordered, I-13",
        "s19-number-reused-in-flight, unordered, I-22",
        "s20-stale-page-request, unordered, I-33",
        "s29-wrong-command, unordered, I-02",
        "s47-lost-interrupt, unordered, I-30",
        "s54-answer-after-removal, unordered, I-30",
        "s58-answer-to-another-device, unordered, I-30"
    })
    void shouldFindTheRaceWithoutBeingToldWhatBreaksNorWhen(
            String file, String variant, String broken) throws IOException {
        Race race = race(file, variant);

        Finding found =
                race.search(
                        MachineAssembly.withoutLatencies(),
                        0,
                        Search.of(Search.Method.MIXED, MOST_RUNS, 2));

        assertNotNull(found.schedule(), () -> found.searched().toString());
        assertTrue(found.runs() > 1, "the plain run is good");
        assertTrue(found.failures().contains(broken), found.failures()::toString);
        Finding without =
                new Explorer(new MachineAssembly(), race.control(), 0).replay(found.schedule());
        assertEquals(Set.of(), common(found, without), "the bug is what breaks it");
    }

    private static Set<String> common(Finding found, Finding without) {
        Set<String> common = new TreeSet<>(found.failures());
        common.retainAll(without.failures());
        return common;
    }
}
