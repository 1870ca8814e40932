package svasim.iommu.core;

import svasim.trace.Kind;

/**
 * Broadcast TLB maintenance as a unit of Arm takes part in it (SMMUv3 3.17.2): what names an ASID
 * spares entries whose ASID is not shared with CPUs. Devices' caches are never reached.
 */
public final class BroadcastMaintenance implements BroadcastListener {
    /** What software has set about broadcasts. */
    public interface Policy {
        /** Whether the unit takes part in the operation. */
        boolean hears(BroadcastTlbi operation);

        /** Bits of a tag that are compared with the VMID, in place. */
        long vmidMask();
    }

    private final PagingCaches caches;
    private final BroadcastTags tags;
    private final InquiryPipeline<?> pipeline;
    private final Surroundings around;
    private final Policy policy;

    /** Apart from that of commands: a CPU does not wait for what it has not asked for. */
    private long drainPoint;

    public BroadcastMaintenance(
            PagingCaches caches,
            BroadcastTags tags,
            InquiryPipeline<?> pipeline,
            Surroundings around,
            Policy policy) {
        this.caches = caches;
        this.tags = tags;
        this.pipeline = pipeline;
        this.around = around;
        this.policy = policy;
    }

    @Override
    public void broadcast(BroadcastTlbi operation) {
        if (policy.hears(operation)) {
            int removed = drop(operation);
            around.trace()
                    .tell(
                            Kind.CACHE_INVALIDATED,
                            around.lane(),
                            removed,
                            0,
                            0,
                            operation.operation());
            drainPoint = pipeline.drainPoint();
        }
    }

    @Override
    public boolean broadcastsComplete() {
        return pipeline.drained(drainPoint);
    }

    private int drop(BroadcastTlbi operation) {
        long vmid = BroadcastTags.vmid(operation.vmid());
        long space = tags.stage1() | vmid;
        long mask = tags.kind() | policy.vmidMask();
        return switch (operation.operation()) {
            case VA -> dropPages(operation, space, mask | tags.global() | tags.ownSet());
            case VAA ->
                    caches.drop(space, mask | tags.ownSet(), pages(operation), operation.leaf());
            case ASID ->
                    caches.drop(
                            space | operation.asid(),
                            mask | BroadcastTags.ASID | tags.global() | tags.ownSet());
            case VMALL_E1 -> caches.drop(space, mask);
            case IPA ->
                    caches.drop(
                            tags.stage2() | vmid,
                            mask,
                            new AddressRange(operation.address(), operation.bytes()),
                            operation.leaf());
            case VMALL_S12_E1 -> caches.drop(space, tags.world() | policy.vmidMask());
            case ALL_E1 -> caches.drop(space, tags.world());
        };
    }

    /** Pages of one ASID, and global ones. */
    private int dropPages(BroadcastTlbi operation, long space, long mask) {
        AddressRange range = pages(operation);
        long own = space | operation.asid();
        return caches.drop(own, mask | BroadcastTags.ASID, range, operation.leaf())
                + caches.drop(space | tags.global(), mask, range, operation.leaf());
    }

    private static AddressRange pages(BroadcastTlbi operation) {
        return new AddressRange(AddressRange.canonical(operation.address()), operation.bytes());
    }
}
