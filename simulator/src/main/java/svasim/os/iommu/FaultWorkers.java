package svasim.os.iommu;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Scheduler;
import svasim.os.task.WorkQueue;

/** The work queues of the page request groups of one IOMMU; see {@link FaultQueue}. */
final class FaultWorkers {
    private static final int SHARED = 0;

    private static final Procedure<Iterator<WorkQueue>> FLUSH_ALL =
            Procedure.<Iterator<WorkQueue>>named("iopf_queue_flush_dev")
                    .sleeping("flush next queue", 0, FaultWorkers::flushNext)
                    .build();

    private final String name;
    private final FaultQueue kind;
    private final Scheduler scheduler;

    /** By PASID, or one only. */
    private final Map<Integer, WorkQueue> queues = new TreeMap<>();

    /**
     * @param workers of a shared queue: groups that are handled at once
     */
    FaultWorkers(String name, FaultQueue kind, int workers, Scheduler scheduler) {
        this.name = name;
        this.kind = kind;
        this.scheduler = scheduler;
        if (kind == FaultQueue.SHARED) {
            queues.put(SHARED, new WorkQueue(name, workers, scheduler));
        }
    }

    /** Has a worker handle a group, when its turn comes. */
    void add(int pasid, Call<?> work) {
        queues.computeIfAbsent(key(pasid), this::queueOf).add(work);
    }

    /** Waits for what a drain of the PASID must wait for. */
    Call<?> flush(int pasid) {
        WorkQueue queue = queues.get(key(pasid));
        return queue == null ? Call.nothing() : queue.flush();
    }

    /** Waits for everything that was added before. */
    Call<?> flushAll() {
        return new Call<>(FLUSH_ALL, new ArrayList<>(queues.values()).iterator());
    }

    private static Next flushNext(Iterator<WorkQueue> left, Cpu cpu) {
        return left.hasNext() ? new Next.EnterAgain(left.next().flush()) : Next.DONE;
    }

    private int key(int pasid) {
        return kind == FaultQueue.SHARED ? SHARED : pasid;
    }

    private WorkQueue queueOf(int pasid) {
        return new WorkQueue(name + "/" + pasid, 1, scheduler);
    }
}
