package svasim.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.os.sva.Policies;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;
import svasim.trace.Kind;

/** What the course lets learners compare its stories with. */
class WhatIfTest {
    private static ScenarioFile file(String lesson) throws IOException {
        return ScenarioFile.read(Home.scenarios().resolve("lessons/" + lesson + ".yaml"));
    }

    private static Map<String, Object> told(String lesson, String variant) throws IOException {
        ScenarioFile file = file(lesson);
        BoundScenario scenario = file.bind(variant, Map.of());
        String sentence = scenario.scenario().lesson().whatIf().getOrDefault(variant, "");
        return Telling.of(
                        new Runner(new MachineAssembly()),
                        scenario,
                        sentence,
                        0,
                        LessonData.MOST_STEPS,
                        null)
                .plain(variant, variant);
    }

    @SuppressWarnings("unchecked")
    private static long count(Map<String, Object> story, Kind kind) {
        return ((List<List<Object>>) story.get("steps"))
                .stream().filter(step -> step.get(2).equals(kind.ordinal())).count();
    }

    @ParameterizedTest
    @CsvSource({
        "05-page-request, no-pri, ''",
        "06-unmap-and-why-it-waits, forgotten-invalidation, I-01 I-02",
        "06-unmap-and-why-it-waits, forgotten-wait, I-01 I-02",
        "07-process-exit-in-order, freed-before-drain, I-11 I-33 I-34 I-50",
        "03-dma-with-iommu, huge-pages, ''",
        "03-dma-with-iommu, one-entry, ''",
        "08-who-owns-the-pasid, intel-pin, I-14 I-20",
        "08-who-owns-the-pasid, amd-pin, I-20 I-25",
        "08-who-owns-the-pasid, process-rfc, I-25",
        "11-a-race, found, I-33",
        "12-guest-pasids, killed, ''",
        "12-guest-pasids, stale-translation, I-73"
    })
    void shouldTellEachWhatIfWithTheInvariantsThatItBreaks(
            String lesson, String variant, String broken) throws IOException {
        Map<String, Object> story = told(lesson, variant);
        List<String> expected = broken.isEmpty() ? List.of() : List.of(broken.split(" "));

        assertFalse(story.get("whatIf").toString().isEmpty());
        assertEquals(
                expected,
                ((List<?>) story.get("violations"))
                        .stream().map(Object::toString).sorted().toList());
        assertEquals(!expected.isEmpty(), count(story, Kind.VIOLATION) > 0);
    }

    @Test
    void shouldAskForNoPageWithoutPri() throws IOException {
        assertTrue(count(told("05-page-request", "asked-for"), Kind.PAGE_REQUESTED) > 0);
        assertEquals(0, count(told("05-page-request", "no-pri"), Kind.PAGE_REQUESTED));
    }

    @Test
    void shouldReachAFreePageIfTheInvalidationIsForgotten() throws IOException {
        Map<String, Object> forgotten = told("06-unmap-and-why-it-waits", "forgotten-invalidation");

        assertEquals(0, count(told("06-unmap-and-why-it-waits", "in-order"), Kind.VIOLATION));
        assertTrue(count(forgotten, Kind.VIOLATION) > 0);
        assertTrue(count(forgotten, Kind.ATC_HIT) > 0);
    }

    @Test
    void shouldWalkMoreWithAnIotlbOfOneEntryAndLessWithHugePages() throws IOException {
        long walked = count(told("03-dma-with-iommu", "walked"), Kind.WALK_READ);

        assertTrue(count(told("03-dma-with-iommu", "one-entry"), Kind.WALK_READ) > walked);
        assertTrue(count(told("03-dma-with-iommu", "huge-pages"), Kind.WALK_READ) < walked);
    }

    @Test
    void shouldOfferEveryLifetimePolicy() throws IOException {
        ScenarioFile file = file("08-who-owns-the-pasid");
        List<String> told =
                file.variants().stream()
                        .map(name -> file.bind(name, Map.of()).scenario().os().policy())
                        .sorted()
                        .toList();

        assertEquals(Policies.all().stream().map(Policies.Policy::name).sorted().toList(), told);
    }
}
