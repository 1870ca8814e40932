package svasim.iommu.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import svasim.iommu.core.Surroundings;
import svasim.paging.Access;
import svasim.stats.Counter;
import svasim.trace.Kind;

/** The event queue: fault reports into buffers of the driver (reference virtio-iommu.md 5). */
final class EventQueue {
    private static final int REPORT_BYTES = 24;
    private static final int READ = 1;
    private static final int WRITE = 1 << 1;
    private static final int ADDRESS = 1 << 8;

    private final VirtQueue queue;
    private final Trouble trouble;
    private final Surroundings around;
    private final Counter recorded;
    private final Counter lost;

    EventQueue(VirtQueue queue, Trouble trouble, Surroundings around) {
        this.queue = queue;
        this.trouble = trouble;
        this.around = around;
        String name = around.name() + ".eventq.";
        recorded = around.statistics().counter(name + "recorded", "fault reports written");
        lost = around.statistics().counter(name + "lost", "fault reports without a buffer");
    }

    /** Reports the fault of an access, or drops the report if there is no buffer for it. */
    void report(EndpointAccess access) {
        while (trouble.usable(queue) && queue.pending()) {
            VirtQueue.Chain chain = queue.take();
            if (chain == null) {
                trouble.brokenQueue();
            } else if (chain.writableBytes() < REPORT_BYTES) {
                giveBack(chain, new byte[0]);
            } else {
                giveBack(chain, report(access.fault(), access));
                recorded.increment();
                tell(access);
                return;
            }
        }
        lost.increment();
    }

    private void giveBack(VirtQueue.Chain chain, byte[] data) {
        queue.write(chain, 0, data);
        if (queue.giveBack(chain, data.length)) {
            trouble.interrupts().raise(Interrupts.USED_BUFFER);
        }
    }

    private static byte[] report(FaultReason reason, EndpointAccess access) {
        int kind = access.wants(Access.WRITE) ? WRITE : READ;
        return ByteBuffer.allocate(REPORT_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(reason.code())
                .putInt(ADDRESS | kind)
                .putInt(access.requesterId())
                .putInt(0)
                .putLong(access.address())
                .array();
    }

    private void tell(EndpointAccess access) {
        around.trace()
                .tell(
                        Kind.FAULT_RECORDED,
                        around.lane(),
                        access.fault().code(),
                        access.requesterId(),
                        access.address());
    }
}
