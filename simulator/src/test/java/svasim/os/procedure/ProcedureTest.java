package svasim.os.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Procedures as tables of named steps, and queues of those who wait. */
class ProcedureTest {
    private static final Procedure<List<String>> TWO =
            Procedure.<List<String>>named("unbind")
                    .step("drop user", 5, (frame, cpu) -> Next.ON)
                    .sleeping("drain", 7, (frame, cpu) -> Next.DONE)
                    .build();

    @Test
    void shouldLabelStepsWithTheirProcedure() {
        assertEquals(
                List.of("unbind/drop user", "unbind/drain"),
                TWO.lines().stream().map(Procedure.Line::label).toList());
        assertEquals("unbind", TWO.name());
    }

    @Test
    void shouldKnowCostAndWhetherStepMaySleep() {
        assertEquals(List.of(5L, 7L), TWO.lines().stream().map(Procedure.Line::costPs).toList());
        assertFalse(TWO.lines().get(0).maySleep());
        assertTrue(TWO.lines().get(1).maySleep());
    }

    @Test
    void shouldFindStepsByName() {
        assertEquals(1, TWO.indexOf("drain"));
        assertThrows(IllegalArgumentException.class, () -> TWO.indexOf("flush"));
    }

    @Test
    void shouldHaveNoStepsInNothing() {
        assertTrue(Call.nothing().procedure().lines().isEmpty());
    }

    @Test
    void shouldWakeInOrderOfComing() {
        WaitQueue queue = new WaitQueue("test");
        List<String> woken = new ArrayList<>();
        queue.add(() -> woken.add("a"));
        queue.add(() -> woken.add("b"));
        queue.wakeOne();
        assertEquals(List.of("a"), woken);
        queue.wakeAll();

        assertEquals(List.of("a", "b"), woken);
        assertTrue(queue.isEmpty());
        queue.wakeOne();
        assertEquals(2, woken.size());
    }

    @Test
    void shouldNotWakeTwiceWhoWaitsAgainDuringTheWakeUp() {
        WaitQueue queue = new WaitQueue("test");
        List<String> woken = new ArrayList<>();
        queue.add(new Returning(queue, woken));

        queue.wakeAll();

        assertEquals(1, woken.size());
        assertFalse(queue.isEmpty());
    }

    private record Returning(WaitQueue queue, List<String> woken) implements WaitQueue.Waiter {
        @Override
        public void wake() {
            woken.add("again");
            queue.add(this);
        }
    }

    @Test
    void shouldForgetWhoIsTakenOut() {
        WaitQueue queue = new WaitQueue("test");
        List<String> woken = new ArrayList<>();
        WaitQueue.Waiter waiter = () -> woken.add("a");
        queue.add(waiter);
        queue.remove(waiter);
        queue.wakeAll();

        assertEquals(List.of(), woken);
        assertEquals("test", queue.reason());
    }
}
