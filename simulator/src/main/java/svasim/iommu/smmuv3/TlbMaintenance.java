package svasim.iommu.smmuv3;

import svasim.iommu.core.AddressRange;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.core.PagingCaches;

/** Removes translations, and pointers to tables, as TLBI commands say (4.4). */
final class TlbMaintenance {
    private static final int PAGE_SHIFT = 12;
    private static final int LOW_ASID = 0xFF;

    /** Larger values of SCALE are reserved. */
    private static final int MOST_SCALE = 39;

    private final Features features;
    private final Control control;
    private final PagingCaches caches;

    TlbMaintenance(Features features, Control control, PagingCaches caches) {
        this.features = features;
        this.control = control;
        this.caches = caches;
    }

    /**
     * Carries out a TLBI command.
     *
     * @return entries removed
     */
    int execute(Opcode opcode, Command command) {
        int vmid = features.has(IdField.S2P) ? command.vmid() : 0;
        World hyp = control.e2h() ? World.EL2_E2H : World.EL2;
        return switch (opcode) {
            case TLBI_NH_ALL -> caches.drop(Tags.space(World.EL1, vmid), Tags.KIND | vmidMask());
            case TLBI_NH_ASID -> dropAsid(World.EL1, vmid, asid(command));
            case TLBI_NH_VA -> dropPages(World.EL1, vmid, asid(command), command);
            case TLBI_NH_VAA -> dropPagesOfAll(World.EL1, vmid, command);
            case TLBI_EL2_ALL -> caches.drop(Tags.space(hyp, 0), Tags.KIND);
            case TLBI_EL2_ASID -> dropAsid(hyp, 0, hyp.usesAsid() ? asid(command) : 0);
            case TLBI_EL2_VA -> dropPages(hyp, 0, hyp.usesAsid() ? asid(command) : 0, command);
            case TLBI_EL2_VAA -> dropPagesOfAll(hyp, 0, command);
            case TLBI_S12_VMALL ->
                    caches.drop(Tags.space(World.EL1, vmid), Tags.WORLD | vmidMask());
            case TLBI_S2_IPA -> dropIntermediate(vmid, command);
            case TLBI_NSNH_ALL -> caches.drop(Tags.space(World.EL1, 0), Tags.WORLD);
            default -> throw new IllegalStateException("not a TLB command: " + opcode);
        };
    }

    /**
     * What a TLBI command names; the VMID says nothing to a guest, whose unit has no stage 2. A
     * command for stage 2 all the same may concern every translation.
     */
    Scope scope(Opcode opcode, Command command) {
        return switch (opcode) {
            case TLBI_NH_ASID, TLBI_EL2_ASID -> Scope.of(asid(command), Forwarding.ALL);
            case TLBI_NH_VA, TLBI_EL2_VA -> scope(asid(command), command);
            case TLBI_NH_VAA, TLBI_EL2_VAA -> scope(Forwarding.ALL, command);
            default -> Scope.EVERYTHING;
        };
    }

    private Scope scope(int asid, Command command) {
        AddressRange range = pages(command);
        return new Scope(asid, Forwarding.ALL, range.start(), range.bytes(), command.leaf());
    }

    private int asid(Command command) {
        return features.has(IdField.ASID16) ? command.asid() : command.asid() & LOW_ASID;
    }

    private long vmidMask() {
        return Tags.vmidMask(control.vmidWildcardBits());
    }

    private int dropAsid(World world, int vmid, int asid) {
        long mask = Tags.KIND | vmidMask() | Tags.ASID | Tags.GLOBAL;
        return caches.drop(Tags.stage1(world, vmid, asid), mask);
    }

    /** Pages of one ASID, and global ones. */
    private int dropPages(World world, int vmid, int asid, Command command) {
        long own = Tags.stage1(world, vmid, asid);
        long mask = Tags.KIND | vmidMask() | Tags.GLOBAL;
        AddressRange range = pages(command);
        return caches.drop(own, mask | Tags.ASID, range, command.leaf())
                + caches.drop(Tags.global(own), mask, range, command.leaf());
    }

    private int dropPagesOfAll(World world, int vmid, Command command) {
        return caches.drop(
                Tags.space(world, vmid), Tags.KIND | vmidMask(), pages(command), command.leaf());
    }

    private int dropIntermediate(int vmid, Command command) {
        AddressRange range = range(command, command.intermediateAddress());
        return caches.drop(Tags.stage2(vmid), Tags.KIND | vmidMask(), range, command.leaf());
    }

    /** Input addresses are kept with the bits above 55 equal to it. */
    private AddressRange pages(Command command) {
        return range(command, AddressRange.canonical(command.address()));
    }

    private AddressRange range(Command command, long address) {
        if (command.tg() == 0 || !features.has(IdField.RIL)) {
            return AddressRange.page(address);
        }
        int granule = PAGE_SHIFT + 2 * (command.tg() - 1);
        int scale = Math.min(command.scale(features.has(IdField.DS)), MOST_SCALE);
        long granules = (command.num() + 1L) << scale;
        return new AddressRange(address & -1L << granule, granules << granule);
    }
}
