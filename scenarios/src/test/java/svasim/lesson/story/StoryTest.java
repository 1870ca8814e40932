package svasim.lesson.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.memory.PhysicalMemory;
import svasim.os.sva.PasidState;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;
import svasim.trace.Kind;

/** The story is what has happened. */
class StoryTest {
    private static final String LIFE = "lifecycle/bind-to-free.yaml";

    private static final int CAUSE = 1;
    private static final int KIND = 2;
    private static final int LANE = 3;
    private static final int PHASE = 4;
    private static final int FULL = 6;

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

    private static List<String> firstValues(Map<String, Object> story) {
        return new ArrayList<>(
                things(story, "words").stream().map(word -> (String) word.get("first")).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "lifecycle/bind-to-free.yaml, sapphire-rapids",
        "lifecycle/bind-to-free.yaml, kunpeng-920",
        "lifecycle/bind-to-free.yaml, epyc",
        "lifecycle/page-out-under-device.yaml, ''",
        "lifecycle/huge-pages.yaml, ''",
        "lifecycle/pasid-reuse.yaml, ''",
        "guests/nested-sva.yaml, ''"
    })
    void shouldStepForwardAndBackThroughEveryWordOfEveryTable(String file, String profile)
            throws IOException {
        RecordedRun run = RecordedRun.of(file, profile, variant(file));
        Map<String, Object> story = run.story();
        List<String> first = firstValues(story);
        List<String> now = new ArrayList<>(first);
        List<List<Object>> writes = rows(story, "writes");

        for (List<Object> write : writes) {
            assertEquals(write.get(2), now.set(number(write.get(1)), (String) write.get(3)));
        }
        assertMemoryHolds(run, story, now);
        for (int i = writes.size() - 1; i >= 0; i--) {
            List<Object> write = writes.get(i);
            assertEquals(write.get(3), now.set(number(write.get(1)), (String) write.get(2)));
        }

        assertFalse(writes.isEmpty());
        assertEquals(first, now);
    }

    /** The plain story of a file, or its first variant. */
    private static String variant(String file) throws IOException {
        return ScenarioFile.read(Home.scenarios().resolve(file)).variants().get(0);
    }

    private static void assertMemoryHolds(
            RecordedRun run, Map<String, Object> story, List<String> values) {
        PhysicalMemory memory = run.simulation().machine().hardware().memory();
        Map<Long, Long> last = run.recorder().tables().lastValues();
        assertFalse(last.isEmpty());
        last.forEach(
                (address, value) ->
                        assertEquals(
                                memory.readLong(address),
                                value,
                                () -> "word at 0x" + Long.toHexString(address)));
        List<Map<String, Object>> words = things(story, "words");
        for (int i = 0; i < words.size(); i++) {
            long address =
                    Long.parseUnsignedLong(((String) words.get(i).get("pa")).substring(2), 16);
            if (last.containsKey(address) && isOf(run, i, address)) {
                assertEquals("0x" + Long.toHexString(last.get(address)), values.get(i));
            }
        }
    }

    /** Whether the word is the one that lies at the address at the end. */
    private static boolean isOf(RecordedRun run, int word, long address) {
        return run.recorder().tables().read(address).number() == word;
    }

    @ParameterizedTest
    @CsvSource({"sapphire-rapids", "kunpeng-920", "epyc"})
    void shouldShowThePathOfEachWalk(String profile) throws IOException {
        Map<String, Object> story = RecordedRun.of(LIFE, profile, "").story();
        int words = things(story, "words").size();
        List<List<Object>> walks = rows(story, "walks");

        assertFalse(walks.isEmpty());
        int longest = 0;
        for (List<Object> walk : walks) {
            List<?> path = (List<?>) walk.get(1);
            longest = Math.max(longest, path.size());
            assertEquals(path.size(), path.stream().distinct().count());
            path.forEach(word -> assertTrue(number(word) >= 0 && number(word) < words));
            int kind = number(rows(story, "steps").get(number(walk.get(0))).get(KIND));
            assertTrue(
                    List.of(
                                    Kind.WALK_READ,
                                    Kind.WALK_UPDATED,
                                    Kind.TRANSLATED,
                                    Kind.TRANSLATION_FAULTED)
                            .contains(Kind.values()[kind]));
        }
        assertTrue(longest >= 4, "the first walk reads four levels of page tables");
    }

    @ParameterizedTest
    @CsvSource({
        "lifecycle/bind-to-free.yaml, sapphire-rapids",
        "lifecycle/bind-to-free.yaml, kunpeng-920",
        "lifecycle/bind-to-free.yaml, epyc"
    })
    void shouldEndWithTheTranslationsThatTheUnitHolds(String file, String profile)
            throws IOException {
        RecordedRun run = RecordedRun.of(file, profile, "");
        Map<String, Object> story = run.story();
        Map<Object, Object> rows = new TreeMap<>();
        int changes = 0;
        for (List<Object> change : rows(story, "cacheChanges")) {
            if (number(change.get(1)) == 0) {
                changes++;
                if (change.get(3) == null) {
                    assertNotNull(rows.remove(change.get(2)));
                } else {
                    rows.put(change.get(2), change.get(3));
                }
            }
        }
        List<String> held = new ArrayList<>();
        run.simulation()
                .machine()
                .hardware()
                .iommus()
                .get(0)
                .visitTranslations(
                        (requester, pasid, iova, shift, output, rights) ->
                                held.add("0x" + Long.toHexString(iova)));

        assertTrue(changes > 0);
        assertEquals(
                held.stream().sorted().toList(),
                rows.values().stream()
                        .map(row -> (String) ((List<?>) row).get(1))
                        .sorted()
                        .toList());
    }

    @Test
    void shouldTellOfAGuestWithItsOwnNumbersAndTables() throws IOException {
        Map<String, Object> story = RecordedRun.of("guests/nested-sva.yaml", "", "").story();
        List<String> titles =
                things(story, "structures").stream().map(t -> (String) t.get("title")).toList();
        List<Object> groups =
                things(story, "lanes").stream()
                        .filter(lane -> "vm0.iommu0".equals(lane.get("name")))
                        .map(lane -> lane.get("group"))
                        .toList();
        Map<String, Object> pasid = things(story, "pasids").get(0);

        assertEquals(List.of("vm0"), story.get("guests"));
        assertEquals(List.of("iommu"), groups);
        assertEquals("vm0.app", pasid.get("process"));
        assertEquals(Systems.NUMBERS + 1, pasid.get("pasid"));
        assertTrue(titles.contains("page table of PML4Es of vm0.app"), titles.toString());
        assertTrue(titles.contains("root table of vm0.iommu0"), titles.toString());
        assertTrue(titles.contains("root table of iommu0"), titles.toString());
    }

    @Test
    void shouldNameACauseThatCameBefore() throws IOException {
        Map<String, Object> story = RecordedRun.of(LIFE, "", "").story();
        List<List<Object>> steps = rows(story, "steps");
        int strings = ((List<?>) story.get("strings")).size();
        int lanes = things(story, "lanes").size();

        for (int i = 0; i < steps.size(); i++) {
            assertTrue(number(steps.get(i).get(CAUSE)) < i);
            assertTrue(number(steps.get(i).get(LANE)) < lanes);
            assertTrue(number(steps.get(i).get(FULL)) < strings);
        }
    }

    @Test
    void shouldGoThroughThePhasesOfAPasidsLife() throws IOException {
        Map<String, Object> story = RecordedRun.of(LIFE, "", "").story();
        List<Integer> seen =
                rows(story, "steps").stream()
                        .map(step -> number(step.get(PHASE)))
                        .filter(phase -> phase >= 0)
                        .distinct()
                        .sorted()
                        .toList();

        for (Phase phase : Phase.values()) {
            boolean expected = phase != Phase.REUSE;
            assertEquals(expected, seen.contains(phase.ordinal()), phase.word());
        }
    }

    @Test
    void shouldCallASecondAllocationOfANumberItsReuse() throws IOException {
        Map<String, Object> story =
                RecordedRun.of(
                                "lifecycle/pasid-reuse.yaml",
                                "",
                                variant("lifecycle/pasid-reuse.yaml"))
                        .story();

        assertTrue(
                rows(story, "steps").stream()
                        .anyMatch(step -> number(step.get(PHASE)) == Phase.REUSE.ordinal()));
    }

    @Test
    void shouldTellTheStatesOfThePasid() throws IOException {
        Map<String, Object> story = RecordedRun.of(LIFE, "", "").story();

        List<Integer> states = rows(story, "life").stream().map(row -> number(row.get(2))).toList();

        assertEquals(
                List.of(PasidState.values()).stream().map(PasidState::ordinal).toList(), states);
        assertEquals(List.of(Map.of("pasid", 1L, "process", "app")), story.get("pasids"));
    }

    @Test
    void shouldPutLanesInGroups() throws IOException {
        List<Map<String, Object>> lanes = things(RecordedRun.of(LIFE, "", "").story(), "lanes");

        assertTrue(lanes.contains(Map.of("name", "app", "group", "process")));
        assertTrue(lanes.contains(Map.of("name", "init", "group", "kernel")));
        assertTrue(lanes.contains(Map.of("name", "iommu0", "group", "iommu")));
        assertTrue(lanes.contains(Map.of("name", "dsa0", "group", "device")));
        assertTrue(lanes.contains(Map.of("name", "core0", "group", "cpu")));
        assertTrue(lanes.contains(Map.of("name", "dsa0.internal.up", "group", "link")));
    }

    @Test
    void shouldEndNoSpanBeforeItBegins() throws IOException {
        List<List<Object>> spans = rows(RecordedRun.of(LIFE, "", "").story(), "spans");

        assertFalse(spans.isEmpty());
        for (List<Object> span : spans) {
            assertTrue(((Number) span.get(1)).longValue() <= ((Number) span.get(2)).longValue());
            assertTrue(number(span.get(4)) <= number(span.get(5)));
        }
    }
}
