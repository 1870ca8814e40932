package svasim.lesson.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A part of a story is that part of the whole story. */
class WindowTest {
    private static final int STEPS = 150;

    @SuppressWarnings("unchecked")
    private static List<List<Object>> rows(Map<String, Object> story, String name) {
        return (List<List<Object>>) story.get(name);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> things(Map<String, Object> story, String name) {
        return (List<Map<String, Object>>) story.get(name);
    }

    private static int number(Object number) {
        return ((Number) number).intValue();
    }

    /** Values of words that are not 0 after a step, by their address. */
    private static Map<Object, Object> memory(Map<String, Object> story, int step) {
        List<Map<String, Object>> words = things(story, "words");
        List<Object> now = new ArrayList<>(words.stream().map(w -> w.get("first")).toList());
        for (List<Object> write : rows(story, "writes")) {
            if (number(write.get(0)) <= step) {
                now.set(number(write.get(1)), write.get(3));
            }
        }
        Map<Object, Object> values = new TreeMap<>();
        for (int i = 0; i < now.size(); i++) {
            values.put(words.get(i).get("pa"), now.get(i));
        }
        values.values().removeIf("0x0"::equals);
        return values;
    }

    /** What tables hold after a step: rows' cells in rising order, by the table's title. */
    private static Map<Object, List<String>> held(
            Map<String, Object> story, String tables, String changes, int step) {
        Map<Object, Map<Object, Object>> all = new TreeMap<>();
        for (List<Object> change : rows(story, changes)) {
            if (number(change.get(0)) <= step) {
                Object title = things(story, tables).get(number(change.get(1))).get("title");
                Map<Object, Object> table = all.computeIfAbsent(title, t -> new TreeMap<>());
                if (change.get(3) == null) {
                    table.remove(change.get(2));
                } else {
                    table.put(change.get(2), change.get(3));
                }
            }
        }
        Map<Object, List<String>> sorted = new TreeMap<>();
        all.forEach(
                (title, table) -> {
                    if (!table.isEmpty()) {
                        sorted.put(
                                title,
                                table.values().stream().map(String::valueOf).sorted().toList());
                    }
                });
        return sorted;
    }

    /** States of PASIDs that are not freed, after a step. */
    private static Map<Object, Object> life(Map<String, Object> story, int step) {
        Map<Object, Object> states = new TreeMap<>();
        for (List<Object> row : rows(story, "life")) {
            if (number(row.get(0)) <= step) {
                states.put(row.get(1), row.get(2));
            }
        }
        int freed = Lives.states().size() - 1;
        states.values().removeIf(state -> number(state) == freed);
        return states;
    }

    @ParameterizedTest
    @CsvSource({
        "lifecycle/bind-to-free.yaml, sapphire-rapids, '', 0.1",
        "lifecycle/bind-to-free.yaml, sapphire-rapids, '', 0.6",
        "lifecycle/bind-to-free.yaml, kunpeng-920, '', 0.5",
        "lifecycle/bind-to-free.yaml, epyc, '', 0.7",
        "lifecycle/bind-to-free.yaml, epyc, '', 0.9",
        "lessons/06-unmap-and-why-it-waits.yaml, kunpeng-920, '', 0.8",
    })
    void shouldBeginWithTheStateThatTheWholeStoryHasThere(
            String file, String profile, String variant, double share) throws IOException {
        Map<String, Object> whole = RecordedRun.of(file, profile, variant).story();
        int of = rows(whole, "steps").size();
        int from = (int) (of * share);

        Map<String, Object> part =
                RecordedRun.of(file, profile, variant, new Window(from, STEPS, from, "")).story();

        int shown = rows(part, "steps").size();
        assertEquals(Math.min(STEPS, of - from), shown);
        for (int step : new int[] {-1, 0, shown / 2, shown - 2}) {
            Map<Object, Object> words = memory(part, step);
            Map<Object, Object> all = memory(whole, from + step);
            assertFalse(words.isEmpty());
            words.forEach((pa, value) -> assertEquals(all.get(pa), value, pa.toString()));
            assertEquals(
                    held(whole, "caches", "cacheChanges", from + step),
                    held(part, "caches", "cacheChanges", step),
                    "caches after step " + step);
            assertEquals(
                    held(whole, "queues", "queueChanges", from + step),
                    held(part, "queues", "queueChanges", step),
                    "queues after step " + step);
            assertEquals(life(whole, from + step), life(part, step));
        }
    }

    @ParameterizedTest
    @CsvSource({"sapphire-rapids, 300", "kunpeng-920, 700", "epyc, 500"})
    void shouldTellItsStepsAsTheWholeStoryDoes(String profile, int from) throws IOException {
        String file = "lifecycle/bind-to-free.yaml";
        Map<String, Object> whole = RecordedRun.of(file, profile, "").story();
        Map<String, Object> part =
                RecordedRun.of(file, profile, "", new Window(from, STEPS, from, "")).story();
        int lanes = things(part, "lanes").size();

        for (int step = 0; step < STEPS; step++) {
            List<Object> own = rows(part, "steps").get(step);
            List<Object> other = rows(whole, "steps").get(from + step);
            assertEquals(own.get(0), other.get(0));
            assertEquals(
                    Math.max(-1, number(other.get(1)) - from), Math.max(-1, number(own.get(1))));
            assertEquals(own.subList(4, 6), other.subList(4, 6));
            assertEquals(
                    ((List<?>) whole.get("strings")).get(number(other.get(6))),
                    ((List<?>) part.get("strings")).get(number(own.get(6))));
        }
        for (List<Object> span : rows(part, "spans")) {
            assertTrue(number(span.get(0)) < lanes);
            assertTrue(number(span.get(4)) >= 0 && number(span.get(5)) < STEPS);
            assertTrue(number(span.get(4)) <= number(span.get(5)));
        }
        int words = things(part, "words").size();
        int structures = things(part, "structures").size();
        for (List<Object> walk : rows(part, "walks")) {
            ((List<?>) walk.get(1)).forEach(word -> assertTrue(number(word) < words));
        }
        for (Map<String, Object> word : things(part, "words")) {
            assertTrue(number(word.get("structure")) >= 0);
            assertTrue(number(word.get("structure")) < structures);
        }
    }

    @Test
    void shouldShowMoreOfWhatLedToAStepThanOfWhatCameOfIt() {
        assertEquals(4250, Window.around(5000, 100_000, 1000, "").from());
        assertEquals(0, Window.around(100, 100_000, 1000, "").from());
        assertEquals(99_000, Window.around(99_990, 100_000, 1000, "").from());
        assertEquals(750, Window.around(5000, 100_000, 1000, "").opens());
    }

    @Test
    void shouldSayWhatIsShownUnlessItIsEverything() {
        assertNull(Window.first(10).plain(10));
        assertEquals("The first 10 of 11 steps are shown.", Window.first(10).plain(11).get("says"));
        assertEquals(
                "Steps 26 to 35 of 50 are shown, around a fault.",
                new Window(25, 10, 32, "around a fault").plain(50).get("says"));
        assertEquals(3, new Window(47, 10, 47, "from step 48").plain(50).get("shown"));
    }
}
