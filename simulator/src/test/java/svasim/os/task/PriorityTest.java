package svasim.os.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Core;
import svasim.cpu.Cpu;
import svasim.os.OsUnderTest;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;
import svasim.trace.Kind;

/** Who goes first on a core, who waits, who is woken. */
class PriorityTest {
    private static final long STEP_PS = 1_000_000;
    private static final long SLICE_PS = SchedulerConfig.defaults().timeSlice().value();

    private static final Procedure<Worker> THREE_STEPS =
            Procedure.<Worker>named("three")
                    .sleeping("first", STEP_PS, Worker::note)
                    .sleeping("second", STEP_PS, Worker::note)
                    .sleeping("third", STEP_PS, Worker::note)
                    .build();

    private static final Procedure<Worker> ATOMIC =
            Procedure.<Worker>named("atomic")
                    .step("first", STEP_PS, Worker::note)
                    .step("second", STEP_PS, Worker::note)
                    .sleeping("third", STEP_PS, Worker::note)
                    .build();

    private static final Procedure<Worker> LONG_STEPS =
            Procedure.<Worker>named("long")
                    .sleeping("first", SLICE_PS, Worker::note)
                    .sleeping("second", SLICE_PS, Worker::note)
                    .build();

    private static final Procedure<Worker> WAITING =
            Procedure.<Worker>named("waiting").sleeping("wait", STEP_PS, Worker::await).build();

    private static final Procedure<Worker> LOCKED =
            Procedure.<Worker>named("locked")
                    .sleeping("lock", 1_000, Worker::lock)
                    .sleeping("inside", STEP_PS, Worker::note)
                    .sleeping("unlock", 1_000, Worker::unlock)
                    .build();

    private static final Procedure<Worker> SPACE =
            Procedure.<Worker>named("space").step("look", STEP_PS, Worker::noteSpace).build();

    private final List<String> log = new ArrayList<>();
    private final Mutex mutex = new Mutex("m");
    private final WaitQueue queue = new WaitQueue("the bus");
    private OsUnderTest system;
    private Scheduler scheduler;

    private final class Worker {
        private final String name;
        private boolean open;

        Worker(String name) {
            this.name = name;
        }

        private Next note(Cpu cpu) {
            assertEquals(name, scheduler.current().name());
            log.add(name);
            return Next.ON;
        }

        private Next await(Cpu cpu) {
            log.add(name);
            return open ? Next.DONE : Next.await(queue);
        }

        private Next lock(Cpu cpu) {
            return mutex.take(this);
        }

        private Next unlock(Cpu cpu) {
            mutex.give(this);
            return Next.DONE;
        }

        private Next noteSpace(Cpu cpu) {
            log.add(name + ":" + system.cores().of(cpu).space());
            return Next.ON;
        }
    }

    @BeforeEach
    void oneCore() {
        system = new OsUnderTest.Setup().cores(1).build();
        scheduler = system.platform().scheduler();
        system.kernel().runUntilQuiet();
    }

    private Worker start(String name, Priority priority, Procedure<Worker> procedure) {
        Worker worker = new Worker(name);
        scheduler.start(name, priority, new Call<>(procedure, worker));
        return worker;
    }

    private void run() {
        system.kernel().runUntilQuiet();
    }

    private Task task(String name) {
        return scheduler.tasks().stream().filter(t -> t.name().equals(name)).findFirst().get();
    }

    @Test
    void shouldRunMostUrgentFirstThenInOrderOfComing() {
        start("user1", Priority.USER, WAITING);
        start("user2", Priority.USER, THREE_STEPS);
        start("kernel", Priority.KERNEL, THREE_STEPS);
        start("irq", Priority.INTERRUPT, THREE_STEPS);
        run();

        assertEquals(
                List.of(
                        "irq", "irq", "irq", "kernel", "kernel", "kernel", "user1", "user2",
                        "user2", "user2"),
                log);
    }

    @Test
    void shouldNotTakeCoreFromAtomicSteps() {
        start("a", Priority.USER, ATOMIC);
        system.runToStep("atomic/first");
        start("irq", Priority.INTERRUPT, THREE_STEPS);
        run();

        assertEquals(List.of("a", "a", "a", "irq", "irq", "irq"), log);
    }

    @Test
    void shouldNotMakeRoomForLessUrgentTask() {
        start("irq", Priority.INTERRUPT, LONG_STEPS);
        system.runToStep("long/first");
        start("user", Priority.USER, THREE_STEPS);
        run();

        assertEquals(List.of("irq", "irq", "user", "user", "user"), log);
    }

    @Test
    void shouldShareCoreBySlices() {
        start("a", Priority.USER, LONG_STEPS);
        start("b", Priority.USER, LONG_STEPS);
        run();

        assertEquals(List.of("a", "b", "a", "b"), log);
    }

    @Test
    void shouldGoOnBeyondSliceWhenNobodyWaits() {
        start("a", Priority.USER, LONG_STEPS);
        run();

        assertEquals(List.of("a", "a"), log);
        assertEquals(0, system.recorder().of(Kind.TASK_WOKEN).size());
    }

    @Test
    void shouldLetIdleCoreTakeOverWhoWaitsForABusyOne() {
        system = new OsUnderTest.Setup().cores(2).build();
        scheduler = system.platform().scheduler();
        system.kernel().runUntilQuiet();
        start("busy", Priority.USER, LONG_STEPS);
        start("short", Priority.USER, THREE_STEPS);
        start("waiting", Priority.USER, THREE_STEPS);
        run();

        assertEquals("busy", log.get(log.size() - 1));
        assertTrue(log.lastIndexOf("waiting") < log.size() - 1);
    }

    @Test
    void shouldTellForWhatTaskWaits() {
        start("w", Priority.USER, WAITING);
        run();

        assertEquals("the bus", task("w").waitsFor());
        assertEquals(Task.State.WAITING, task("w").state());
        var told = system.recorder().of(Kind.TASK_WAITS);
        assertEquals("the bus", told.get(told.size() - 1).subject());
        assertTrue(task("w").isAtRest());
    }

    @Test
    void shouldWakeAllOrTheLongestWaitingOne() {
        for (String name : List.of("a", "b", "c")) {
            start(name, Priority.USER, WAITING).open = false;
        }
        run();
        log.clear();

        queue.wakeOne();
        run();
        assertEquals(List.of("a"), log);
        queue.wakeAll();
        run();
        assertEquals(List.of("a", "b", "c", "a"), log);
    }

    @Test
    void shouldLookAnewWhenWaitIsInterrupted() {
        start("w", Priority.USER, WAITING).open = true;
        Worker second = start("v", Priority.USER, WAITING);
        run();
        second.open = true;

        scheduler.interrupt(task("v"));
        run();

        assertEquals(Task.State.ENDED, task("v").state());
        assertTrue(queue.isEmpty());
    }

    @Test
    void shouldNotLoseSignalThatComesWhileTaskIsGoingToSleep() {
        Worker worker = start("w", Priority.USER, WAITING);
        system.runToStep("waiting/wait");
        worker.open = true;

        scheduler.interrupt(task("w"));
        run();

        assertEquals(Task.State.ENDED, task("w").state());
        assertTrue(queue.isEmpty());
    }

    @Test
    void shouldNotDisturbTaskThatWaitsForNothing() {
        start("a", Priority.USER, THREE_STEPS);
        system.runToStep("three/second");

        scheduler.interrupt(task("a"));
        run();
        scheduler.interrupt(task("a"));
        run();

        assertEquals(List.of("a", "a", "a"), log);
        assertNull(task("a").waitsFor());
    }

    @Test
    void shouldServeWaitersOfLockInOrderOfComing() {
        for (String name : List.of("a", "b", "c", "d")) {
            start(name, Priority.USER, LOCKED);
        }
        run();

        assertEquals(List.of("a", "b", "c", "d"), log);
        assertFalse(mutex.isTaken());
    }

    @Test
    void shouldServeUrgentWaiterOfLockFirst() {
        start("owner", Priority.USER, LOCKED);
        system.runToStep("locked/inside");
        start("user", Priority.USER, LOCKED);
        start("irq", Priority.INTERRUPT, LOCKED);
        run();

        assertEquals(List.of("owner", "irq", "user"), log);
    }

    @Test
    void shouldLetOwnerTakeItsLockAgain() {
        Object owner = new Object();

        assertEquals(Next.ON, mutex.take(owner));
        assertEquals(Next.ON, mutex.take(owner));
        mutex.give(owner);
        assertFalse(mutex.isTaken());
        assertThrows(IllegalStateException.class, () -> mutex.give(owner));
    }

    @Test
    void shouldLoadSpaceOfUserTaskAndKeepItForKernelThreads() {
        Task user = scheduler.task("user", Priority.USER);
        user.space(7);
        scheduler.start(user, new Call<>(SPACE, new Worker("user")));
        run();
        start("kernel", Priority.KERNEL, SPACE);
        run();

        assertEquals(List.of("user:7", "kernel:7"), log);
        assertEquals(Core.NO_SPACE, task("kernel").space());
    }

    @Test
    void shouldHaveNoCurrentTaskOutsideOfSteps() {
        assertThrows(IllegalStateException.class, scheduler::current);
    }

    @Test
    void shouldTellBeginningAndEndOfTask() {
        start("a", Priority.USER, THREE_STEPS);
        run();

        long id = task("a").id();
        assertTrue(system.recorder().of(Kind.TASK_STARTED).stream().anyMatch(s -> s.a() == id));
        assertTrue(system.recorder().of(Kind.TASK_ENDED).stream().anyMatch(s -> s.a() == id));
    }

    @Test
    void shouldWakeThoseWhoWaitForTheEndOfATask() {
        start("a", Priority.USER, THREE_STEPS);
        List<String> woken = new ArrayList<>();
        task("a").ended().add(() -> woken.add("told"));
        run();

        assertEquals(List.of("told"), woken);
    }
}
