package svasim.os.iommu;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.kernel.EventHandler;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * Device addresses of a lazy domain that are unmapped but not invalidated (iova_fq); each core has
 * a queue of its own. One invalidation of the whole domain serves the queues of all cores, and only
 * then the addresses are free: when a core's queue is full, or some time after the first has come.
 */
final class FlushQueue implements EventHandler {
    /** Entries of a core's queue (IOVA_DEFAULT_FQ_SIZE). */
    private static final int SIZE = 256;

    /** 10 ms (IOVA_DEFAULT_FQ_TIMEOUT). */
    private static final long TIMEOUT_PS = 10_000_000_000L;

    private static final Procedure<Flush> FLUSH =
            Procedure.<Flush>named("fq_flush_iotlb")
                    .sleeping("flush domain", 100_000, Flush::flush)
                    .sleeping("free addresses", 50_000, Flush::free)
                    .build();

    private final RemappingUnit<?> unit;
    private final IommuGroup group;
    private final Platform platform;
    private final Map<Integer, Queue<Range>> queues = new TreeMap<>();

    /** Ranges ever added; what was added before a flush began is flushed by it. */
    private long added;

    private boolean timerRuns;

    private record Range(long number, long iova, long bytes) {}

    FlushQueue(RemappingUnit<?> unit, IommuGroup group) {
        this.unit = unit;
        this.group = group;
        this.platform = unit.site().platform();
    }

    /**
     * queue_iova.
     *
     * @return what the caller has to do now: nothing, or the flush if the core's queue is full
     */
    Call<?> add(int core, long iova, long bytes) {
        Queue<Range> queue = queues.computeIfAbsent(core, c -> new ArrayDeque<>());
        queue.add(new Range(added++, iova, bytes));
        if (queue.size() >= SIZE) {
            return new Call<>(FLUSH, new Flush(this));
        }
        if (!timerRuns) {
            timerRuns = true;
            platform.kernel().after(TIMEOUT_PS, this, 0, 0);
        }
        return Call.nothing();
    }

    /** fq_flush_timeout. */
    @Override
    public void handle(long nowPs, int kind, long unused) {
        timerRuns = false;
        platform.events().add(new Call<>(FLUSH, new Flush(this)));
    }

    private boolean isEmpty() {
        return queues.values().stream().allMatch(Queue::isEmpty);
    }

    private void free(int core, long before) {
        for (Queue<Range> queue : queues.values()) {
            while (!queue.isEmpty() && queue.element().number() < before) {
                Range range = queue.remove();
                group.dma().addresses().free(core, range.iova(), range.bytes());
            }
        }
    }

    /** One invalidation of everything. */
    private static final class Flush {
        private final FlushQueue queue;
        private long before;

        Flush(FlushQueue queue) {
            this.queue = queue;
        }

        private Next flush(Cpu cpu) {
            before = queue.added;
            return queue.isEmpty()
                    ? Next.DONE
                    : Next.call(queue.unit.invalidate(queue.group, Block.ALL));
        }

        private Next free(Cpu cpu) {
            queue.free(cpu.number(), before);
            return Next.DONE;
        }
    }
}
