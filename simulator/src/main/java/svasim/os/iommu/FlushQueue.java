package svasim.os.iommu;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.cpu.Cpu;
import svasim.kernel.EventHandler;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * Device addresses of a lazy domain that are unmapped but not invalidated (iova_fq). They are
 * invalidated all at once, and free only then: when the queue is full, or some time after the first
 * has come.
 */
final class FlushQueue implements EventHandler {
    private static final int SIZE = 256;
    private static final long TIMEOUT_PS = 10_000_000_000L;

    private static final Procedure<FlushQueue> FLUSH =
            Procedure.<FlushQueue>named("fq_flush_iotlb")
                    .sleeping("flush domain", 100_000, FlushQueue::flush)
                    .sleeping("free addresses", 50_000, FlushQueue::free)
                    .build();

    private final DmaDomains domains;
    private final PciDevice device;
    private final Platform platform;
    private final Queue<Long> ranges = new ArrayDeque<>();
    private int flushing;
    private boolean timerRuns;

    FlushQueue(DmaDomains domains, PciDevice device, Platform platform) {
        this.domains = domains;
        this.device = device;
        this.platform = platform;
    }

    /**
     * queue_iova.
     *
     * @return what the caller has to do now: nothing, or the flush if the queue is full
     */
    Call<?> add(long iova) {
        ranges.add(iova);
        if (ranges.size() >= SIZE) {
            return new Call<>(FLUSH, this);
        }
        if (!timerRuns) {
            timerRuns = true;
            platform.kernel().after(TIMEOUT_PS, this, 0, 0);
        }
        return Call.nothing();
    }

    @Override
    public void handle(long nowPs, int kind, long unused) {
        timerRuns = false;
        platform.events().add(new Call<>(FLUSH, this));
    }

    private Next flush(Cpu cpu) {
        flushing = ranges.size();
        return flushing == 0 ? Next.DONE : Next.call(domains.invalidate(device, Block.ALL));
    }

    private Next free(Cpu cpu) {
        for (; flushing > 0 && !ranges.isEmpty(); flushing--) {
            domains.domain(device).addresses().free(ranges.remove());
        }
        return Next.DONE;
    }
}
