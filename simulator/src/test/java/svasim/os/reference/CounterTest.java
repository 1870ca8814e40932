package svasim.os.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Counted references with holders. */
class CounterTest {
    private final Counter counter =
            new Counter(new Trace(new Kernel()), Kind.MM_REFERENCE, 0, 1, "mm_users");

    @Test
    void shouldTellLastPut() {
        counter.get("a");
        counter.get("b");

        assertFalse(counter.put("a"));
        assertTrue(counter.put("b"));
    }

    @Test
    void shouldRefusePutOfSomebodyElsesReference() {
        counter.get("a");

        assertThrows(IllegalStateException.class, () -> counter.put("b"));
    }

    @Test
    void shouldNotGetFromZero() {
        assertFalse(counter.getUnlessZero("a"));
        counter.get("a");
        assertTrue(counter.getUnlessZero("a"));
        assertEquals(Map.of("a", 2), counter.holders());
    }
}
