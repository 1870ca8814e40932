package svasim.lesson.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.iommu.core.CacheView;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.QueueView;
import svasim.machine.Device;
import svasim.pcie.tlp.TranslationEntry;
import svasim.trace.Kind;

/** After all changes, caches and queues hold what the machine's parts hold. */
class GridsTest {
    private static final String LIFE = "lifecycle/bind-to-free.yaml";
    private static final String PAGES = "lessons/05-page-request.yaml";

    /** What tables hold at the end: rows by the table's title. */
    @SuppressWarnings("unchecked")
    private static Map<String, List<List<String>>> last(
            Map<String, Object> story, String tables, String changes) {
        List<Map<String, Object>> all = (List<Map<String, Object>>) story.get(tables);
        Map<String, Map<Integer, List<String>>> rows = new LinkedHashMap<>();
        all.forEach(table -> rows.put(table.get("title").toString(), new TreeMap<>()));
        for (List<Object> change : (List<List<Object>>) story.get(changes)) {
            String title = all.get((Integer) change.get(1)).get("title").toString();
            if (change.get(3) == null) {
                rows.get(title).remove((Integer) change.get(2));
            } else {
                rows.get(title).put((Integer) change.get(2), (List<String>) change.get(3));
            }
        }
        Map<String, List<List<String>>> held = new LinkedHashMap<>();
        rows.forEach((title, table) -> held.put(title, List.copyOf(table.values())));
        return held;
    }

    private static List<String> sorted(List<List<String>> rows, int columns) {
        return rows.stream().map(row -> row.subList(0, columns).toString()).sorted().toList();
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldChangeAnAtcInTheStepThatTellsOfIt() throws IOException {
        Map<String, Object> story = RecordedRun.of(LIFE, "sapphire-rapids", "").story();
        List<Map<String, Object>> caches = (List<Map<String, Object>>) story.get("caches");
        List<List<Object>> steps = (List<List<Object>>) story.get("steps");
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (List<Object> change : (List<List<Object>>) story.get("cacheChanges")) {
            if (caches.get((Integer) change.get(1)).get("title").equals("ATC of dsa0")) {
                List<Object> step = steps.get((Integer) change.get(0));
                kinds.add(Kind.values()[(Integer) step.get(2)]);
            }
        }

        assertEquals(EnumSet.of(Kind.ATC_FILLED, Kind.ATC_INVALIDATED), kinds);
    }

    @ParameterizedTest
    @CsvSource({
        LIFE + ", sapphire-rapids",
        LIFE + ", kunpeng-920",
        LIFE + ", epyc",
        PAGES + ", sapphire-rapids",
        PAGES + ", epyc"
    })
    void shouldEndWithWhatTheStructureCachesHold(String file, String profile) throws IOException {
        RecordedRun run = RecordedRun.of(file, profile, "");
        Map<String, List<List<String>>> held = last(run.story(), "caches", "cacheChanges");
        int entries = 0;

        for (Iommu unit : run.simulation().machine().hardware().iommus()) {
            for (CacheView view : unit.structureCaches()) {
                List<List<String>> now = new ArrayList<>();
                for (int slot = 0; slot < view.cache().slots(); slot++) {
                    if (view.cache().holds(slot)) {
                        now.add(view.row(slot));
                        assertEquals(view.columns().size(), view.row(slot).size());
                    }
                }
                int columns = view.columns().size();
                entries += now.size();
                assertEquals(
                        sorted(now, columns),
                        sorted(held.get(view.title() + " of " + unit.name()), columns));
            }
        }
        assertFalse(entries == 0, "the unit has cached what it read");
    }

    @ParameterizedTest
    @CsvSource({
        LIFE + ", sapphire-rapids",
        PAGES + ", sapphire-rapids",
        PAGES + ", kunpeng-920",
        PAGES + ", epyc",
        "lessons/06-unmap-and-why-it-waits.yaml, ''"
    })
    void shouldEndWithWhatTheAddressTranslationCachesHold(String file, String profile)
            throws IOException {
        RecordedRun run = RecordedRun.of(file, profile, "");
        Map<String, List<List<String>>> held = last(run.story(), "caches", "cacheChanges");

        for (Map.Entry<String, Device> device :
                run.simulation().machine().hardware().devices().entrySet()) {
            List<String> now = new ArrayList<>();
            device.getValue()
                    .function()
                    .visitAtc(
                            (pasid, address, entry) ->
                                    now.add(
                                            "0x"
                                                    + Long.toHexString(
                                                            TranslationEntry.base(address))));
            assertEquals(
                    now.stream().sorted().toList(),
                    held.get("ATC of " + device.getKey()).stream()
                            .map(row -> row.get(1))
                            .sorted()
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        LIFE + ", sapphire-rapids",
        LIFE + ", kunpeng-920",
        LIFE + ", epyc",
        PAGES + ", sapphire-rapids",
        PAGES + ", epyc"
    })
    void shouldEndWithWhatWaitsInTheQueues(String file, String profile) throws IOException {
        RecordedRun run = RecordedRun.of(file, profile, "");
        Map<String, Object> story = run.story();
        Map<String, List<List<String>>> held = last(story, "queues", "queueChanges");

        for (Iommu unit : run.simulation().machine().hardware().iommus()) {
            for (QueueView view : unit.queues()) {
                assertEquals(
                        view.ring().size(),
                        held.get(view.title() + " of " + unit.name()).size(),
                        view.title());
            }
        }
        assertFalse(((List<?>) story.get("queueChanges")).isEmpty());
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldShowWorkFromItsQueueToItsEnd() throws IOException {
        Map<String, Object> story = RecordedRun.of(LIFE, "", "").story();
        List<Map<String, Object>> queues = (List<Map<String, Object>>) story.get("queues");
        int work =
                queues.stream().map(queue -> queue.get("title")).toList().indexOf("work of dsa0");

        List<String> states = new ArrayList<>();
        for (List<Object> change : (List<List<Object>>) story.get("queueChanges")) {
            if (change.get(1).equals(work)) {
                List<String> cells = (List<String>) change.get(3);
                states.add(cells == null ? "gone" : cells.get(3));
            }
        }

        assertEquals(List.of("waits", "runs on engine 0", "gone"), states);
    }
}
