package svasim.models.gpu.device;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.device.DeviceHost;
import svasim.models.gpu.layout.InterruptEntry;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/**
 * Tells software of wavefronts that retry. The same page of the same process is told again only
 * after a while: a missing page makes a storm of replays.
 */
final class Faults {
    private static final long PAGE = 4096;
    private static final int REMEMBERED = 256;

    /** Assumed. */
    private static final long FORGET_AFTER_PS = 50 * Picoseconds.PER_MICROSECOND;

    private record Page(int pasid, long address, boolean write) {}

    private final DeviceHost host;
    private final InterruptRing ring;
    private final int lane;
    private final Counter replays;
    private final Counter told;
    private final Map<Page, Long> toldAtPs =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Page, Long> eldest) {
                    return size() > REMEMBERED;
                }
            };

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
        Long lastPs = toldAtPs.get(page);
        if (lastPs != null && nowPs - lastPs < FORGET_AFTER_PS) {
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
            toldAtPs.remove(page);
            toldAtPs.put(page, nowPs);
        }
    }

    void reset() {
        toldAtPs.clear();
    }
}
