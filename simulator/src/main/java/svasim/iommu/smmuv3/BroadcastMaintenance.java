package svasim.iommu.smmuv3;

import svasim.iommu.core.BroadcastTlbi;
import svasim.iommu.core.InquiryPipeline;

/**
 * Broadcast TLB maintenance as the unit takes part in it (3.17.2): what names an ASID spares
 * entries whose ASID is not shared with CPUs (ASET=1). Devices' caches are never reached.
 */
final class BroadcastMaintenance {
    private static final int LOW_ASID = 0xFF;

    private final Features features;
    private final Control control;
    private final Caches caches;
    private final Maintenance maintenance;
    private final InquiryPipeline<Transaction> pipeline;

    /** Apart from that of commands: a CPU does not wait for what it has not asked for. */
    private long drainPoint;

    BroadcastMaintenance(
            Features features,
            Control control,
            Caches caches,
            Maintenance maintenance,
            InquiryPipeline<Transaction> pipeline) {
        this.features = features;
        this.control = control;
        this.caches = caches;
        this.maintenance = maintenance;
        this.pipeline = pipeline;
    }

    /** Takes part, unless the unit has no BTM or software has set PTM. */
    void execute(BroadcastTlbi operation) {
        if (features.has(IdField.BTM) && !control.ignoresBroadcasts()) {
            drainPoint = maintenance.removed(operation.operation(), drop(operation));
        }
    }

    /** Whether no request is under way that may use what broadcasts have invalidated. */
    boolean finished() {
        return pipeline.drained(drainPoint);
    }

    private int drop(BroadcastTlbi operation) {
        long space = Tags.space(World.EL1, operation.vmid());
        long mask = Tags.KIND | vmidMask();
        return switch (operation.operation()) {
            case VA -> dropPages(operation);
            case VAA -> caches.drop(space, mask | Tags.OWN_SET, pages(operation), operation.leaf());
            case ASID -> dropAsid(operation);
            case VMALL_E1 -> caches.drop(space, mask);
            case IPA ->
                    caches.drop(
                            Tags.stage2(operation.vmid()),
                            mask,
                            new AddressRange(operation.address(), operation.bytes()),
                            operation.leaf());
            case VMALL_S12_E1 -> caches.drop(space, Tags.WORLD | vmidMask());
            case ALL_E1 -> caches.drop(space, Tags.WORLD);
        };
    }

    private long vmidMask() {
        return Tags.vmidMask(control.vmidWildcardBits());
    }

    private int dropPages(BroadcastTlbi operation) {
        long own = Tags.stage1(World.EL1, operation.vmid(), operation.asid());
        long mask = Tags.KIND | vmidMask() | Tags.GLOBAL | Tags.OWN_SET;
        AddressRange range = pages(operation);
        int global = caches.drop(Tags.global(own), mask, range, operation.leaf());
        return known(operation.asid())
                ? global + caches.drop(own, mask | Tags.ASID, range, operation.leaf())
                : global;
    }

    private int dropAsid(BroadcastTlbi operation) {
        long own = Tags.stage1(World.EL1, operation.vmid(), operation.asid());
        long mask = Tags.KIND | vmidMask() | Tags.ASID | Tags.GLOBAL | Tags.OWN_SET;
        return known(operation.asid()) ? caches.drop(own, mask) : 0;
    }

    /** A unit with ASIDs of 8 bits has no entry of a larger one. */
    private boolean known(int asid) {
        return features.has(IdField.ASID16) || asid <= LOW_ASID;
    }

    private static AddressRange pages(BroadcastTlbi operation) {
        return new AddressRange(AddressRange.canonical(operation.address()), operation.bytes());
    }
}
