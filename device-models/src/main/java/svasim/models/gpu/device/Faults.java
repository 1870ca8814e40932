package svasim.models.gpu.device;

import svasim.device.DeviceHost;
import svasim.models.gpu.layout.InterruptEntry;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * Tells software of wavefronts that retry. The same page of the same process is told again only
 * after a while: a missing page makes a storm of replays.
 */
final class Faults {
    private static final long PAGE = 4096;

    private record Page(int pasid, long address, boolean write) {}

    private final DeviceHost host;
    private final InterruptRing ring;
    private final int lane;
    private final Counter replays;
    private final Counter told;
    private final RecentlyTold<Page> recently = new RecentlyTold<>();

    Faults(DeviceHost host, InterruptRing ring) {
        this.host = host;
        this.ring = ring;
        lane = host.trace().lane(host.name());
        replays = host.statistics().counter(host.name() + ".replays", "accesses to be replayed");
        told = host.statistics().counter(host.name() + ".retry.faults", "retry faults told");
    }

    void tell(Queue queue, long address, boolean write) {
        replays.increment();
        long nowPs = host.kernel().nowPs();
        Page page = new Page(queue.pasid(), address & -PAGE, write);
        if (recently.has(page, nowPs)) {
            return;
        }
        InterruptEntry entry =
                new InterruptEntry(
                        InterruptEntry.RETRY_FAULT,
                        queue.pasid(),
                        queue.number(),
                        page.address(),
                        write);
        if (ring.put(entry)) {
            told.increment();
            int requester = host.function().requesterId();
            host.trace().tell(Kind.RETRY_FAULT, lane, queue.pasid(), page.address(), requester);
            recently.add(page, nowPs);
        }
    }

    void reset() {
        recently.clear();
    }
}
