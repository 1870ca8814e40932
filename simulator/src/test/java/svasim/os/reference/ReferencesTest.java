package svasim.os.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.os.Recorder;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** The graph of references, and counters with holders, as the trace is told of them. */
class ReferencesTest {
    private final Recorder recorder = new Recorder();
    private final Trace trace = trace();
    private final References references = new References(trace);

    private Trace trace() {
        Trace made = new Trace(new Kernel());
        made.add(recorder);
        return made;
    }

    @Test
    void shouldNumberObjects() {
        Node file = references.node("file");
        Node mm = references.node("mm");

        assertNotEquals(file.id(), mm.id());
        assertEquals("mm", mm.name());
    }

    @Test
    void shouldTellBeginningAndEndOfReference() {
        Node file = references.node("file");
        Node bond = references.node("bond");
        references.hold(file, bond);
        references.release(file, bond);

        Recorder.Seen added = recorder.of(Kind.REFERENCE_ADDED).get(0);
        assertEquals(file.id(), added.a());
        assertEquals(bond.id(), added.b());
        assertEquals("file -> bond", added.subject());
        assertEquals(1, recorder.of(Kind.REFERENCE_REMOVED).size());
    }

    /** Action n puts for holder n - 4 if that has one, else gets for holder n. */
    @Property
    void shouldCountAsASlowCounterDoes(
            @ForAll @Size(max = 40) List<@IntRange(max = 7) Integer> actions) {
        Counter counter = new Counter(trace, Kind.MM_REFERENCE, 0, 1, "mm_users");
        Map<String, Integer> model = new HashMap<>();
        for (int action : actions) {
            String holder = "h" + action % 4;
            if (action >= 4 && model.containsKey(holder)) {
                model.compute(holder, (h, n) -> n == 1 ? null : n - 1);
                assertEquals(model.isEmpty(), counter.put(holder));
            } else {
                model.merge(holder, 1, Integer::sum);
                counter.get(holder);
            }
            assertEquals(model, counter.holders());
            assertEquals(
                    model.values().stream().mapToInt(Integer::intValue).sum(), counter.value());
        }
    }

    @Test
    void shouldTellCountBeforeAndAfterWithHolder() {
        Counter counter = new Counter(trace, Kind.FILE_REFERENCE, 0, 7, "f_count");
        counter.get("fd");
        assertTrue(counter.getUnlessZero("vma"));
        assertFalse(counter.put("fd"));

        List<Recorder.Seen> seen = recorder.of(Kind.FILE_REFERENCE);
        assertEquals(List.of(0L, 1L, 2L), seen.stream().map(Recorder.Seen::b).toList());
        assertEquals(List.of(1L, 2L, 1L), seen.stream().map(Recorder.Seen::c).toList());
        assertEquals("f_count of vma", seen.get(1).subject());
        assertEquals(7, seen.get(0).a());
    }
}
