package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * cache_tag_flush_range: IOTLB descriptors before those of the device-TLBs, in batches with one
 * wait each. Runs in atomic context, within the CPU's own TLB flush.
 */
final class RangeInvalidation {
    private static final int BATCH = 16;

    private static final Procedure<RangeInvalidation> FLUSH =
            Procedure.<RangeInvalidation>named("cache_tag_flush_range")
                    .step("collect descriptors", 80_000, RangeInvalidation::collect)
                    .step("submit batch", 10_000, RangeInvalidation::submitNext)
                    .build();

    private final Unit unit;
    private final List<PasidEntry> entries;
    private final Block block;
    private final List<Descriptor> descriptors = new ArrayList<>();
    private int submitted;

    private RangeInvalidation(Unit unit, List<PasidEntry> entries, Block block) {
        this.unit = unit;
        this.entries = entries;
        this.block = block;
    }

    static Call<?> call(Unit unit, List<PasidEntry> entries, long start, long end) {
        Block block = unit.site().block(start, end);
        return new Call<>(FLUSH, new RangeInvalidation(unit, entries, block));
    }

    private Next collect(Cpu cpu) {
        Defects defects = unit.site().platform().defects();
        if (entries.isEmpty() || block.isAll() && defects.has(Defect.S31)) {
            return Next.DONE;
        }
        int pasid = entries.get(0).pasid();
        entries.stream()
                .map(unit::domain)
                .distinct()
                .forEach(domain -> descriptors.add(iotlb(domain, pasid)));
        for (PasidEntry entry : entries) {
            DeviceState state = unit.state(entry.device());
            if (state.hasAtc()) {
                state.addFlush(descriptors, state.deviceTlb(entry.pasid(), block), defects);
            }
        }
        return Next.ON;
    }

    /** A block that is too large for the unit is removed with the whole PASID. */
    private Descriptor iotlb(int domain, int pasid) {
        if (unit.site().has(Defect.S29)) {
            return Descriptor.iotlb(domain, block);
        }
        boolean fits = block.order() <= unit.capabilities().maxAddressMask();
        return Descriptor.pasidIotlb(domain, pasid, fits ? block : Block.ALL);
    }

    private Next submitNext(Cpu cpu) {
        if (submitted == descriptors.size()) {
            return Next.DONE;
        }
        int end = Math.min(submitted + BATCH, descriptors.size());
        List<Descriptor> batch = List.copyOf(descriptors.subList(submitted, end));
        submitted = end;
        boolean waits = !unit.site().platform().defects().has(Defect.I_01);
        return new Next.EnterAgain(
                waits ? unit.queue().submit(batch) : unit.queue().submitWithoutWaiting(batch));
    }
}
