package svasim.os.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.OsUnderTest;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/** Steps are held in front of others that have to come first. */
class StepOrderTest {
    private static final long STEP_PS = 1_000_000;

    private static final Procedure<Diary> WALK =
            Procedure.<Diary>named("walk")
                    .sleeping("left", STEP_PS, Diary::left)
                    .sleeping("right", STEP_PS, Diary::right)
                    .build();

    private static final Procedure<Diary> RUN =
            Procedure.<Diary>named("run").sleeping("away", STEP_PS, Diary::away).build();

    private final OsUnderTest system = new OsUnderTest.Setup().cores(2).build();
    private final List<String> log = new ArrayList<>();

    private record Diary(String name, List<String> log) {
        Next left(Cpu cpu) {
            return note("left");
        }

        Next right(Cpu cpu) {
            return note("right");
        }

        Next away(Cpu cpu) {
            return note("away");
        }

        private Next note(String step) {
            log.add(name + " " + step);
            return Next.ON;
        }
    }

    private void order(String first, String then) {
        StepOrder.Pair pair = new StepOrder.Pair(Moment.of(first), Moment.of(then));
        StepOrder order = new StepOrder(List.of(pair), system.trace()::laneName);
        system.trace().add(order);
        system.platform().scheduler().order(order);
    }

    private void start(String name, Procedure<Diary> procedure) {
        Call<Diary> call = new Call<>(procedure, new Diary(name, log));
        system.platform().scheduler().start(name, Priority.USER, call);
    }

    @Test
    void shouldHoldStepUntilTheOtherHasRun() {
        order("walk/right", "run/away");

        start("b", RUN);
        start("a", WALK);
        system.kernel().runUntilQuiet();

        assertEquals(List.of("a left", "a right", "b away"), log);
    }

    @Test
    void shouldLeaveOtherTasksAlone() {
        order("walk/right", "run/away @ c");

        start("b", RUN);
        start("a", WALK);
        system.kernel().runUntilQuiet();

        assertEquals("b away", log.get(0));
    }

    @Test
    void shouldCountTheFirstOccurrenceOnly() {
        order("walk/left @ a", "run/away");

        start("a", WALK);
        start("b", RUN);
        system.kernel().runUntilQuiet();
        start("c", RUN);
        system.kernel().runUntilQuiet();

        assertEquals(List.of("a left", "a right", "b away", "c away"), log);
    }

    @Test
    void shouldTellWhatAHeldTaskWaitsFor() {
        order("walk/left", "run/away @ b");

        start("b", RUN);
        system.kernel().runUntilQuiet();

        assertEquals(List.of(), log);
        List<String> waiting = system.os().waitingFor();
        assertTrue(
                waiting.contains("b waits for order: walk/left < run/away @ b"),
                waiting.toString());
    }

    @Test
    void shouldHoldStepUntilSomethingIsObserved() {
        order("signal @ memory", "run/away");

        start("b", RUN);
        system.kernel().runUntilQuiet();
        system.trace().tell(Kind.SIGNAL, system.trace().lane("elsewhere"), 0, 0, 0);
        system.kernel().runUntilQuiet();
        assertEquals(List.of(), log);
        system.trace().tell(Kind.SIGNAL, system.trace().lane("memory"), 0, 0, 0);
        system.kernel().runUntilQuiet();

        assertEquals(List.of("b away"), log);
    }

    private static final Procedure<Table> FILL =
            Procedure.<Table>named("fill")
                    .step("store", STEP_PS, Table::store)
                    .step("go on", 10 * STEP_PS, (table, cpu) -> Next.ON)
                    .build();

    private record Table(long word) {
        Next store(Cpu cpu) {
            cpu.store(word, 1);
            return Next.ON;
        }
    }

    private long startFilling() {
        long word = system.frames().allocate(FrameUse.IOMMU_TABLE, -1);
        Call<Table> call = new Call<>(FILL, new Table(word));
        system.platform().scheduler().start("filler", Priority.USER, call);
        return word;
    }

    @Test
    void shouldHoldStoresOfAStepUntilTheOtherHasRun() {
        order("walk/right", "stores of fill/store");
        long word = startFilling();
        start("a", WALK);

        system.kernel().run(STEP_PS, Long.MAX_VALUE);
        assertEquals(0, system.memory().readLong(word));
        system.kernel().run(STEP_PS * 5, Long.MAX_VALUE);
        assertEquals(1, system.memory().readLong(word));
    }

    @Test
    void shouldNotHoldTheStepWhoseStoresItHolds() {
        order("exit_mmap/begin", "stores of fill/store");
        long word = startFilling();
        system.kernel().runUntilQuiet();

        assertEquals(1, system.memory().readLong(word), "the end is a barrier");
    }

    @Test
    void shouldHoldStepUntilTheOtherHasRunAsOftenAsAskedFor() {
        StepOrder.Pair pair = new StepOrder.Pair(2, Moment.of("walk/right"), Moment.of("run/away"));
        system.platform().scheduler().order(new StepOrder(List.of(pair), system.trace()::laneName));

        start("b", RUN);
        start("a", WALK);
        start("c", WALK);
        system.kernel().runUntilQuiet();

        assertEquals("b away", log.get(log.size() - 1));
        assertEquals("2 times walk/right < run/away", pair.toString());
    }
}
