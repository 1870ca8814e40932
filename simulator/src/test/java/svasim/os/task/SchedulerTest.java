package svasim.os.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.kernel.Choices;
import svasim.os.OsUnderTest;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;

/** How procedures are run on cores. */
class SchedulerTest {
    private static final long STEP_PS = 1_000_000;
    private static final long SWITCH_PS = SchedulerConfig.defaults().contextSwitch().value();
    private static final long WAKE_PS = SchedulerConfig.defaults().wakeUp().value();

    private OsUnderTest system;
    private List<String> log;

    /** Notes when each of its steps begins. */
    private final class Diary {
        private final String name;
        private final WaitQueue queue;
        private boolean open;

        Diary(String name, WaitQueue queue) {
            this.name = name;
            this.queue = queue;
        }

        private Next note(Cpu cpu) {
            log.add(name + "@" + (cpu.nowPs() - SWITCH_PS) / 1_000 + " core" + cpu.number());
            return Next.ON;
        }

        private Next await(Cpu cpu) {
            note(cpu);
            return open ? Next.ON : Next.await(queue);
        }

        private Next poll(Cpu cpu) {
            return Next.AGAIN;
        }
    }

    private static final Procedure<Diary> TWO_STEPS =
            Procedure.<Diary>named("two")
                    .sleeping("first", STEP_PS, Diary::note)
                    .sleeping("second", STEP_PS, Diary::note)
                    .build();

    private static final Procedure<Diary> WAITING =
            Procedure.<Diary>named("waiting").sleeping("wait", STEP_PS, Diary::await).build();

    private static final Procedure<Diary> FREE_POLLING =
            Procedure.<Diary>named("polling").sleeping("poll", 0, Diary::poll).build();

    @BeforeEach
    void oneCore() {
        use(new OsUnderTest.Setup().cores(1));
    }

    private void use(OsUnderTest.Setup setup) {
        system = setup.build();
        log = new ArrayList<>();
        system.kernel().runUntilQuiet();
    }

    private Diary start(String name, Priority priority, Procedure<Diary> procedure) {
        Diary diary = new Diary(name, new WaitQueue("test"));
        system.platform().scheduler().start(name, priority, new Call<>(procedure, diary));
        return diary;
    }

    private long run() {
        system.kernel().runUntilQuiet();
        return system.kernel().nowPs();
    }

    @Test
    void shouldRunStepsOneAfterTheOtherForTheirCost() {
        long begin = system.kernel().nowPs();
        start("a", Priority.USER, TWO_STEPS);

        assertEquals(begin + SWITCH_PS + 2 * STEP_PS, run());
    }

    @Test
    void shouldFinishTaskBeforeAnotherOfSamePriorityWithinSlice() {
        start("a", Priority.USER, TWO_STEPS);
        start("b", Priority.USER, TWO_STEPS);
        run();

        assertEquals(List.of("a", "a", "b", "b"), names());
    }

    @Test
    void shouldLetUrgentTaskRunAfterPresentStep() {
        start("a", Priority.USER, TWO_STEPS);
        system.kernel().run(system.kernel().nowPs() + SWITCH_PS + 1, Long.MAX_VALUE);
        start("irq", Priority.INTERRUPT, TWO_STEPS);
        run();

        assertEquals(List.of("a", "irq", "irq", "a"), names());
    }

    @Test
    void shouldUseIdleCore() {
        use(new OsUnderTest.Setup().cores(2));
        start("a", Priority.USER, TWO_STEPS);
        start("b", Priority.USER, TWO_STEPS);
        run();

        assertEquals(
                2, log.stream().map(line -> line.substring(line.length() - 1)).distinct().count());
    }

    @Test
    void shouldLookAnewAfterWakeUpAndItsLatency() {
        Diary waiting = start("w", Priority.USER, WAITING);
        run();
        long woken = system.kernel().nowPs();
        waiting.open = true;
        waiting.queue.wakeAll();

        assertEquals(woken + WAKE_PS + STEP_PS, run());
        assertEquals(2, log.size());
    }

    @Test
    void shouldNotLoseWakeUpDuringTheWaitingStep() {
        Diary waiting = start("w", Priority.USER, WAITING);
        system.kernel().run(system.kernel().nowPs() + SWITCH_PS + 1, Long.MAX_VALUE);
        waiting.open = true;
        waiting.queue.wakeAll();
        run();

        assertEquals(2, log.size());
    }

    @Test
    void shouldBeLateWhenWakeUpIsChosenLate() {
        Choices late = (site, n, lane, options) -> site.name().equals("os.wakeup") ? 1 : 0;
        use(new OsUnderTest.Setup().cores(1).choices(late));
        Diary waiting = start("w", Priority.USER, WAITING);
        run();
        long woken = system.kernel().nowPs();
        waiting.open = true;
        waiting.queue.wakeAll();

        assertTrue(run() > woken + WAKE_PS + STEP_PS);
    }

    @Test
    void shouldRunAnotherTaskWhenPreemptedBetweenSteps() {
        Choices first =
                (site, n, lane, options) -> site.name().equals("os.preempt") && n == 0 ? 1 : 0;
        use(new OsUnderTest.Setup().cores(1));
        system = new OsUnderTest.Setup().cores(1).choices(first).build();
        start("a", Priority.USER, TWO_STEPS);
        start("b", Priority.USER, TWO_STEPS);
        run();

        assertEquals(List.of("a", "b", "b", "a"), names());
    }

    @Test
    void shouldRefusePollingThatTakesNoTime() {
        start("p", Priority.USER, FREE_POLLING);

        assertThrows(IllegalStateException.class, this::run);
    }

    @Test
    void shouldRunFlushOnlyAfterWorkThatWasQueuedBefore() {
        var queue = new WorkQueue("test", 2, system.platform().scheduler());
        run();
        queue.add(new Call<>(TWO_STEPS, new Diary("work", null)));
        system.platform().scheduler().start("flush", Priority.KERNEL, queue.flush());
        assertEquals(1, queue.pending());
        run();

        assertEquals(0, queue.pending());
        assertTrue(
                system.platform().scheduler().tasks().stream()
                        .filter(task -> task.name().equals("flush"))
                        .allMatch(task -> task.state() == Task.State.ENDED));
    }

    @Test
    void shouldHandMutexToOneOwnerAtATime() {
        Mutex mutex = new Mutex("m");
        Object one = new Object();
        Object other = new Object();

        assertEquals(Next.ON, mutex.take(one));
        assertTrue(mutex.take(other) instanceof Next.Wait);
        assertThrows(IllegalStateException.class, () -> mutex.give(other));
        mutex.give(one);
        assertEquals(Next.ON, mutex.take(other));
    }

    private List<String> names() {
        return log.stream().map(line -> line.substring(0, line.indexOf('@'))).toList();
    }
}
