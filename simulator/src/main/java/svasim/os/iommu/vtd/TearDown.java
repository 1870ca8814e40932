package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.PasidTableEntry;
import svasim.os.defect.Defect;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * intel_pasid_tear_down_entry: not present first, then one cache after the other, each of which
 * could be filled again from the one before; the rest of the entry last.
 */
final class TearDown {
    private static final String CLEAR = "clear PASID entry";
    private static final String ZERO = "zero next word";
    private static final String PASID_CACHE = "flush PASID cache";

    private static final Procedure<TearDown> TEAR_DOWN =
            Procedure.<TearDown>named("intel_pasid_tear_down_entry")
                    .step("clear Present", 60_000, TearDown::clearPresent)
                    .step("clflush PASID entry", 100_000, TearDown::writeBack)
                    .step(PASID_CACHE, 20_000, TearDown::flushPasidCache)
                    .step("flush IOTLB", 20_000, TearDown::flushIotlb)
                    .step("flush device-TLB", 20_000, TearDown::flushDeviceTlb)
                    .step(CLEAR, 60_000, TearDown::clear)
                    .step(ZERO, 20_000, TearDown::zeroNext)
                    .build();

    /** The caches without the entry, as the driver of 2015 did before it cleared the entry. */
    private static final Procedure<TearDown> FLUSH =
            Procedure.<TearDown>named("intel_flush_svm_range_dev")
                    .step(PASID_CACHE, 20_000, TearDown::flushPasidCache)
                    .step("flush IOTLB", 20_000, TearDown::flushIotlb)
                    .step("flush device-TLB", 20_000, TearDown::flushDeviceTlb)
                    .build();

    private static final Procedure<TearDown> ERASE =
            Procedure.<TearDown>named("intel_pasid_clear_entry")
                    .step(CLEAR, 60_000, TearDown::erase)
                    .build();

    private final Unit unit;
    private final DeviceState state;
    private final PasidEntry torn;
    private final int pasid;
    private final long finalWord;
    private long entry;
    private int zeroed;

    private TearDown(Unit unit, PasidEntry entry, long finalWord) {
        this.unit = unit;
        this.state = unit.state(entry.device());
        this.torn = entry;
        this.pasid = entry.pasid();
        this.finalWord = finalWord;
    }

    /** Leaves an entry with which faults are not reported. */
    static Call<?> toNeutral(Unit unit, PasidEntry entry) {
        return new Call<>(TEAR_DOWN, new TearDown(unit, entry, PasidTableEntry.FAULTS_DISABLED));
    }

    static Call<?> toNothing(Unit unit, PasidEntry entry) {
        return new Call<>(TEAR_DOWN, new TearDown(unit, entry, 0));
    }

    static Call<?> flushOnly(Unit unit, PasidEntry entry) {
        return new Call<>(FLUSH, new TearDown(unit, entry, 0));
    }

    static Call<?> eraseOnly(Unit unit, PasidEntry entry) {
        return new Call<>(ERASE, new TearDown(unit, entry, 0));
    }

    private Next clearPresent(Cpu cpu) {
        entry = state.tables().find(cpu, pasid);
        if (unit.site().has(Defect.S34)) {
            return Next.jump(ZERO);
        }
        PasidTables.clearPresent(cpu, entry);
        return unit.capabilities().walksAreCoherent() ? Next.jump(PASID_CACHE) : Next.ON;
    }

    /** From the second word on, so that the entry is present until the last of them is zero. */
    private Next zeroNext(Cpu cpu) {
        zeroed++;
        cpu.store(entry + (long) zeroed % PasidTables.WORDS * Long.BYTES, 0);
        return zeroed < PasidTables.WORDS ? Next.AGAIN : Next.jump(PASID_CACHE);
    }

    /** The unit does not look into the caches of the cores. */
    private Next writeBack(Cpu cpu) {
        state.tables().writeBackEntry(cpu, entry);
        return Next.ON;
    }

    private Next flushPasidCache(Cpu cpu) {
        return submit(Descriptor.pasidCache(unit.domain(torn), pasid));
    }

    private Next flushIotlb(Cpu cpu) {
        return submit(Descriptor.pasidIotlb(unit.domain(torn), pasid, Block.ALL));
    }

    private Next flushDeviceTlb(Cpu cpu) {
        if (!state.hasAtc()) {
            return Next.ON;
        }
        List<Descriptor> descriptors = new ArrayList<>();
        Descriptor everything = state.deviceTlb(pasid, Block.ALL);
        state.addFlush(descriptors, everything, unit.site().platform().defects());
        return Next.call(unit.queue().submit(descriptors));
    }

    private Next clear(Cpu cpu) {
        entry = state.tables().find(cpu, pasid);
        PasidTables.clear(cpu, entry, finalWord);
        state.tables().writeBackEntry(cpu, entry);
        return Next.DONE;
    }

    /** Of an entry that is present only Present goes, so that no walk finds half of it gone. */
    private Next erase(Cpu cpu) {
        entry = state.tables().find(cpu, pasid);
        if (!PasidTables.isPresent(cpu, entry)) {
            return clear(cpu);
        }
        PasidTables.clearPresent(cpu, entry);
        state.tables().writeBackEntry(cpu, entry);
        return Next.DONE;
    }

    private Next submit(Descriptor descriptor) {
        return Next.call(unit.queue().submit(List.of(descriptor)));
    }
}
