package svasim.iommu.amdvi;

import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.Surroundings;
import svasim.memory.TaggedCache;
import svasim.trace.Kind;

/**
 * Removes what the unit remembers as commands say (5). A completion wait waits for the requests
 * under way.
 */
final class Invalidator {
    private static final int PAGE_SHIFT = 12;

    private final Caches caches;
    private final InquiryPipeline<Translation> pipeline;
    private final Surroundings around;
    private long drainPoint;

    Invalidator(Caches caches, InquiryPipeline<Translation> pipeline, Surroundings around) {
        this.caches = caches;
        this.pipeline = pipeline;
        this.around = around;
    }

    /**
     * Whether no request is under way that may use what was invalidated, and whoever emulates the
     * unit has done what follows from it.
     */
    boolean finished() {
        return pipeline.drained(drainPoint) && around.forwarding().idle();
    }

    void everything() {
        removed(
                Opcode.INVALIDATE_IOMMU_ALL,
                caches.devices().clear()
                        + caches.guestRoots().clear()
                        + caches.iotlb().entries().clear()
                        + caches.guestTables().clear()
                        + caches.hostTables().clear());
        around.forwarding().entries(Forwarding.ALL, Forwarding.ALL);
        around.forwarding().translations(Scope.EVERYTHING);
    }

    /** The device table entry, and what was found through it. */
    void device(int deviceId) {
        removed(
                Opcode.INVALIDATE_DEVTAB_ENTRY,
                caches.devices().drop(deviceId) + caches.guestRoots().dropDevice(deviceId));
        around.forwarding().entries(deviceId, Forwarding.ALL);
    }

    /** Pages of a guest address space, or of a domain's host tables. */
    void pages(Command command) {
        int removed = command.guest() ? dropGuest(command) : dropHost(command);
        removed(Opcode.INVALIDATE_IOMMU_PAGES, removed);
        around.forwarding().translations(scope(command));
    }

    private static Scope scope(Command command) {
        int pasid = command.guest() ? command.pasid() : Forwarding.ALL;
        int order = command.rangeShift() - PAGE_SHIFT;
        Block block = Block.ofOrder(command.address(), order);
        return Scope.of(command.domain(), pasid, block, !command.tables());
    }

    /** The entry of the GCR3 table is forgotten with all pages: no command names it alone. */
    private int dropGuest(Command command) {
        long space = Tags.space(command.domain(), command.pasid());
        boolean all = command.rangeShift() == TaggedCache.EVERYTHING;
        int count = all ? caches.guestRoots().dropPasid(command.domain(), command.pasid()) : 0;
        for (long kind : new long[] {Tags.GUEST, Tags.NESTED}) {
            count += dropRange(caches.iotlb().entries(), space | kind, command);
            if (command.tables()) {
                count += dropRange(caches.guestTables(), space | kind, command);
            }
        }
        return count;
    }

    private static int dropRange(TaggedCache cache, long tag, Command command) {
        long mask = Tags.DOMAIN | Tags.PASID | Tags.KIND;
        return cache.invalidate(tag, mask, command.address(), command.rangeShift());
    }

    /**
     * What guest tables lead to goes whatever its address, because it is not tagged with the guest
     * physical address.
     */
    private int dropHost(Command command) {
        TaggedCache iotlb = caches.iotlb().entries();
        long mask = Tags.DOMAIN | Tags.KIND;
        int domain = command.domain();
        int shift = command.rangeShift();
        int count =
                caches.guestRoots().dropDomain(domain)
                        + iotlb.invalidate(domain | Tags.HOST, mask, command.address(), shift)
                        + iotlb.invalidate(domain | Tags.NESTED, mask);
        if (command.tables()) {
            count += caches.hostTables().invalidate(domain, Tags.DOMAIN, command.address(), shift);
        }
        return count;
    }

    private void removed(Opcode what, int entries) {
        around.trace().tell(Kind.CACHE_INVALIDATED, around.lane(), entries, 0, 0, what);
        drainPoint = pipeline.drainPoint();
    }
}
