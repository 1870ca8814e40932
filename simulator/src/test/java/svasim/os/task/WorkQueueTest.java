package svasim.os.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.os.OsUnderTest;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;

/** Work that is put off: to workers, and to a task's way back to user space. */
class WorkQueueTest {
    private static final Procedure<Job> JOB =
            Procedure.<Job>named("job")
                    .sleeping("begin", 1_000_000, Job::begin)
                    .sleeping("wait", 1_000_000, Job::await)
                    .sleeping("end", 1_000_000, Job::end)
                    .build();

    private static final Procedure<Job> QUICK =
            Procedure.<Job>named("quick").sleeping("note", 1_000, Job::begin).build();

    private final List<String> log = new ArrayList<>();
    private OsUnderTest system;

    private final class Job {
        private final String name;
        private final WaitQueue gate = new WaitQueue("gate");
        private boolean open = true;

        Job(String name) {
            this.name = name;
        }

        private Next begin(Cpu cpu) {
            log.add(name + " begins");
            return Next.ON;
        }

        private Next await(Cpu cpu) {
            return open ? Next.ON : Next.await(gate);
        }

        private Next end(Cpu cpu) {
            log.add(name + " ends");
            return Next.DONE;
        }

        private void letGo() {
            open = true;
            gate.wakeAll();
        }
    }

    @BeforeEach
    void boot() {
        system = new OsUnderTest.Setup().cores(4).build();
        system.kernel().runUntilQuiet();
    }

    private WorkQueue queue(int workers) {
        WorkQueue queue = new WorkQueue("test", workers, system.platform().scheduler());
        run();
        return queue;
    }

    private Job add(WorkQueue queue, String name) {
        Job job = new Job(name);
        queue.add(new Call<>(JOB, job));
        return job;
    }

    private void run() {
        system.kernel().runUntilQuiet();
    }

    private Task startFlush(WorkQueue queue) {
        return system.platform().scheduler().start("flush", Priority.KERNEL, queue.flush());
    }

    @Test
    void shouldDoWorkInOrderWithOneWorker() {
        WorkQueue queue = queue(1);
        add(queue, "a");
        add(queue, "b");
        run();

        assertEquals(List.of("a begins", "a ends", "b begins", "b ends"), log);
        assertEquals(0, queue.pending());
    }

    @Test
    void shouldDoTwoPiecesAtOnceWithTwoWorkers() {
        WorkQueue queue = queue(2);
        Job slow = add(queue, "slow");
        slow.open = false;
        add(queue, "fast");
        run();

        assertEquals(List.of("slow begins", "fast begins", "fast ends"), log);
        slow.letGo();
        run();
        assertEquals("slow ends", log.get(3));
    }

    @Test
    void shouldNotStartThirdPieceWhileTwoWorkersAreBusy() {
        WorkQueue queue = queue(2);
        Job first = add(queue, "first");
        Job second = add(queue, "second");
        first.open = false;
        second.open = false;
        add(queue, "third");
        run();

        assertEquals(3, queue.pending());
        assertFalse(log.contains("third begins"));
        first.letGo();
        run();
        assertTrue(log.contains("third ends"));
        assertEquals(1, queue.pending());
    }

    @Test
    void shouldFlushOnlyWhatWasQueuedBefore() {
        WorkQueue queue = queue(2);
        Job before = add(queue, "before");
        before.open = false;
        Task flush = startFlush(queue);
        Job after = add(queue, "after");
        after.open = false;
        run();
        assertEquals("flush of test", flush.waitsFor());

        before.letGo();
        run();

        assertEquals(Task.State.ENDED, flush.state());
        assertEquals(1, queue.pending());
    }

    @Test
    void shouldFlushEarlierPieceThatEndsLast() {
        WorkQueue queue = queue(2);
        Job slow = add(queue, "slow");
        slow.open = false;
        add(queue, "fast");
        Task flush = startFlush(queue);
        run();

        assertEquals(Task.State.WAITING, flush.state());
        slow.letGo();
        run();
        assertEquals(Task.State.ENDED, flush.state());
    }

    @Test
    void shouldFlushEmptyQueueAtOnce() {
        Task flush = startFlush(queue(1));
        run();

        assertEquals(Task.State.ENDED, flush.state());
    }

    @Test
    void shouldRestWithoutWork() {
        queue(2);
        var workers =
                system.platform().scheduler().tasks().stream()
                        .filter(task -> task.name().startsWith("kworker/test"))
                        .toList();

        assertEquals(2, workers.size());
        assertTrue(workers.stream().allMatch(Task::isAtRest));
    }

    @Test
    void shouldNeverWaitForWorkOfAnotherQueue() {
        WorkQueue one = queue(1);
        WorkQueue other = queue(1);
        Job slow = add(one, "slow");
        slow.open = false;
        Task flush = startFlush(other);
        run();

        assertEquals(Task.State.ENDED, flush.state());
    }

    @Test
    void shouldDoTaskWorkInOrderBeforeUserSpace() {
        Task task = system.platform().scheduler().task("t", Priority.USER);
        assertTrue(task.addTaskWork(new Call<>(QUICK, new Job("first"))));
        assertTrue(task.addTaskWork(new Call<>(QUICK, new Job("second"))));

        system.platform().scheduler().start(task, TaskWork.onReturn(task));
        run();

        assertEquals(List.of("first begins", "second begins"), log);
        assertNull(task.nextTaskWork());
        assertTrue(task.addTaskWork(Call.nothing()));
    }

    @Test
    void shouldTakeNoMoreTaskWorkAfterExit() {
        Task task = system.platform().scheduler().task("t", Priority.USER);
        system.platform().scheduler().start(task, TaskWork.onExit(task));
        run();

        assertFalse(task.addTaskWork(new Call<>(QUICK, new Job("late"))));
        assertNull(task.nextTaskWork());
    }

    @Test
    void shouldTakeNoTaskWorkInKernelThreads() {
        Task task = system.platform().scheduler().task("k", Priority.KERNEL);

        assertFalse(task.addTaskWork(Call.nothing()));
    }
}
