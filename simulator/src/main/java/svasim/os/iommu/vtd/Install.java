package svasim.os.iommu.vtd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.PasidTableEntry;
import svasim.os.defect.Defect;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.GuestSpace;
import svasim.os.iommu.NestedSpace;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** intel_svm_set_dev_pasid: invalidations reach the device before its entry becomes present. */
final class Install {
    private static final String PASID_CACHE = "flush PASID cache";

    private static final String SET_ENTRY = "set PASID entry";

    private static final Procedure<Install> SET =
            Procedure.<Install>named("intel_svm_set_dev_pasid")
                    .sleeping("assign cache tags", 250_000, Install::assignTags)
                    .sleeping("find PASID entry", 300_000, Install::findEntry)
                    .sleeping("clflush PASID table", 400_000, Install::writeBackTable)
                    .step(SET_ENTRY, 120_000, Install::publish)
                    .step("clflush PASID entry", 100_000, Install::writeBack)
                    .step(PASID_CACHE, 20_000, Install::flushPasidCache)
                    .step("flush IOTLB", 20_000, Install::flushIotlb)
                    .build();

    private final Unit unit;
    private final PasidEntry wanted;
    private final DeviceState state;
    private long entry;

    private Install(Unit unit, PasidEntry wanted) {
        this.unit = unit;
        this.wanted = wanted;
        this.state = unit.state(wanted.device());
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return new Call<>(SET, new Install(unit, entry));
    }

    private Next assignTags(Cpu cpu) {
        if (wanted.space() instanceof GuestSpace guest && !state.hasPasid(wanted.pasid())) {
            unit.guestTags().use(wanted.device().group(), guest.stage());
            state.addNested(wanted.pasid(), guest.stage());
        }
        state.addPasid(wanted.pasid());
        unit.useFaults(wanted);
        return wanted.isWholeFunction()
                ? Next.call(Attach.call(unit, wanted.device(), DomainType.BLOCKED))
                : Next.ON;
    }

    private Next findEntry(Cpu cpu) {
        entry = state.tables().findOrAllocate(cpu, wanted.pasid());
        return unit.site().has(Defect.S35) ? Next.ON : Next.jump(SET_ENTRY);
    }

    /** The table of the entry is linked already. */
    private Next writeBackTable(Cpu cpu) {
        state.tables().writeBackTable(cpu, entry);
        return Next.ON;
    }

    private Next publish(Cpu cpu) {
        PasidTables.clear(cpu, entry, 0);
        PasidTables.publish(
                cpu,
                entry,
                translation(),
                PasidTableEntry.tag(unit.domain(wanted), unit.capabilities().walksSnoop()),
                PasidTableEntry.firstStageTables(wanted.space().root()));
        return unit.capabilities().walksAreCoherent() ? told() : Next.ON;
    }

    private long translation() {
        return wanted.space() instanceof NestedSpace nested
                ? PasidTableEntry.nested(
                        nested.stage().root(), unit.capabilities().secondStageLevels())
                : PasidTableEntry.firstStage();
    }

    private Next writeBack(Cpu cpu) {
        state.tables().writeBackEntry(cpu, entry);
        return told();
    }

    /** Caching mode: the unit may remember that the entry was not there. */
    private Next told() {
        return unit.capabilities().cachingMode() ? Next.jump(PASID_CACHE) : Next.DONE;
    }

    private Next flushPasidCache(Cpu cpu) {
        return submit(Descriptor.pasidCache(unit.domain(wanted), wanted.pasid()));
    }

    private Next flushIotlb(Cpu cpu) {
        return submit(Descriptor.pasidIotlb(unit.domain(wanted), wanted.pasid(), Block.ALL));
    }

    private Next submit(Descriptor descriptor) {
        return Next.call(unit.queue().submit(List.of(descriptor)));
    }
}
