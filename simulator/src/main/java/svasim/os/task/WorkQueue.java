package svasim.os.task;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeSet;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;

/** Work that kernel threads do for others, in the order of queueing, several at once. */
public final class WorkQueue {
    private static final long TAKE_PS = 150_000;
    private static final long FLUSH_PS = 300_000;

    private static final Procedure<WorkQueue> WORKER =
            Procedure.<WorkQueue>named("worker_thread")
                    .sleeping("process work", TAKE_PS, WorkQueue::processNext)
                    .build();

    private static final Procedure<Item> PROCESS =
            Procedure.<Item>named("process_one_work")
                    .sleeping("work", 0, Item::begin)
                    .sleeping("done", 0, Item::done)
                    .build();

    private static final Procedure<Flush> FLUSH =
            Procedure.<Flush>named("flush_workqueue")
                    .sleeping("wait for all queued work", FLUSH_PS, Flush::wait)
                    .build();

    private final WaitQueue idle;
    private final WaitQueue progress;
    private final Queue<Item> queue = new ArrayDeque<>();
    private long queued;
    private final TreeSet<Long> unfinished = new TreeSet<>();

    private record Item(WorkQueue owner, long number, Call<?> call) {
        Next begin(Cpu cpu) {
            return Next.call(call);
        }

        Next done(Cpu cpu) {
            owner.unfinished.remove(number);
            owner.progress.wakeAll();
            return Next.DONE;
        }
    }

    private record Flush(WorkQueue queue, long upTo) {
        Next wait(Cpu cpu) {
            boolean over = queue.unfinished.isEmpty() || queue.unfinished.first() > upTo;
            return over ? Next.DONE : Next.await(queue.progress);
        }
    }

    /**
     * @param workers threads that take work from the queue
     */
    public WorkQueue(String name, int workers, Scheduler scheduler) {
        idle = new WaitQueue("work for " + name);
        progress = new WaitQueue("flush of " + name);
        for (int i = 0; i < workers; i++) {
            scheduler.start(
                    "kworker/" + name + (workers == 1 ? "" : ":" + i),
                    Priority.KERNEL,
                    new Call<>(WORKER, this));
        }
    }

    /** Adds work; a worker begins it after its wake-up. */
    public void add(Call<?> work) {
        queue.add(new Item(this, ++queued, work));
        unfinished.add(queued);
        idle.wakeOne();
    }

    /** Waits for everything that was queued when the flush began. */
    public Call<?> flush() {
        return new Call<>(FLUSH, new Flush(this, queued));
    }

    /** Pieces of work that are queued or being done. */
    public int pending() {
        return unfinished.size();
    }

    private Next processNext(Cpu cpu) {
        Item item = queue.poll();
        return item == null ? Next.await(idle) : new Next.EnterAgain(new Call<>(PROCESS, item));
    }
}
