package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.iommu.vtd.LegacyContext;
import svasim.iommu.vtd.PasidTableEntry;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.DomainType;

/**
 * What stands for the requests without PASID of one device: entry 0 of its PASID table, in legacy
 * mode its context entry.
 */
final class RidEntry {
    private final Unit unit;
    private final DeviceState state;

    RidEntry(Unit unit, DeviceState state) {
        this.unit = unit;
        this.state = state;
    }

    /** Domain that translations are tagged with while the device is attached so. */
    int domain(DomainType type) {
        return type.isTranslated() ? state.domain().id() : Unit.SVA_DOMAIN;
    }

    /** Makes an entry present that is not; nothing for a blocked device. */
    void publish(Cpu cpu, DomainType type) {
        state.attached(type);
        if (type == DomainType.BLOCKED) {
            return;
        }
        if (unit.capabilities().scalableMode()) {
            publishScalable(cpu, type);
        } else {
            publishLegacy(cpu, type);
        }
    }

    private void publishScalable(Cpu cpu, DomainType type) {
        DmaDomain domain = state.domain();
        long entry = state.tables().findOrAllocate(cpu, 0);
        boolean tables = type.isTranslated();
        boolean second = tables && unit.dmaUsesSecondStage();
        long word0 =
                second
                        ? PasidTableEntry.secondStage(
                                domain.root(), unit.capabilities().secondStageLevels())
                        : tables ? PasidTableEntry.firstStage() : PasidTableEntry.passThrough();
        PasidTables.publish(
                cpu,
                entry,
                word0,
                PasidTableEntry.tag(domain(type), unit.capabilities().walksSnoop()),
                tables && !second ? PasidTableEntry.firstStageTables(domain.root()) : 0);
        state.tables().writeBackEntry(cpu, entry);
    }

    /** A unit in legacy mode blocks ATS of a device that it lets pass. */
    private void publishLegacy(Cpu cpu, DomainType type) {
        Capabilities has = unit.capabilities();
        boolean ats = has.deviceTlb() && state.device().features().hasAts();
        int levels = type.isTranslated() ? has.secondStageLevels() : has.mostLevels();
        long root = state.domain().root();
        unit.contexts()
                .publish(
                        cpu,
                        state.requesterId(),
                        type.isTranslated()
                                ? LegacyContext.translating(root, ats)
                                : LegacyContext.passThrough(),
                        LegacyContext.tag(domain(type), levels));
    }

    /** Makes the entry not present. */
    void cut(Cpu cpu) {
        if (unit.capabilities().scalableMode()) {
            long entry = state.tables().findOrAllocate(cpu, 0);
            PasidTables.clearPresent(cpu, entry);
            state.tables().writeBackEntry(cpu, entry);
        } else {
            unit.contexts().clear(cpu, state.requesterId());
        }
    }

    /** Clears what is left of an entry that is not present. */
    void clear(Cpu cpu) {
        if (unit.capabilities().scalableMode()) {
            long entry = state.tables().findOrAllocate(cpu, 0);
            PasidTables.clear(cpu, entry, 0);
            state.tables().writeBackEntry(cpu, entry);
        }
    }
}
