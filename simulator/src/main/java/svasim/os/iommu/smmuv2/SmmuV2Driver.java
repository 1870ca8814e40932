package svasim.os.iommu.smmuv2;

import java.util.List;
import svasim.iommu.core.PageResponse;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PageGroup;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.UnitDriver;
import svasim.os.iommu.UnitSite;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.pcie.tlp.PasidPrefix;

/** The driver of one SMMUv2. */
public final class SmmuV2Driver extends UnitDriver<Unit> {
    public SmmuV2Driver(UnitSite site) {
        super(new Unit(site));
    }

    @Override
    public Call<?> probe() {
        return Reset.call(unit());
    }

    @Override
    public Call<?> probeDevice(PciDevice device) {
        return ProbeDevice.call(unit(), device);
    }

    @Override
    public Call<?> attach(PciDevice device, DomainType type) {
        return Attach.call(unit(), device, type);
    }

    @Override
    public Call<?> releaseDevice(PciDevice device) {
        return Attach.release(unit(), device);
    }

    @Override
    public List<BindCondition> bindConditions(PciDevice device, FeatureSubset subset) {
        return BindConditions.of(unit(), device, subset);
    }

    /** The number never leaves software. */
    @Override
    public int pasidLimit(PciDevice device) {
        return PasidPrefix.MAX_PASID + 1;
    }

    @Override
    public int requestPasid(int pasid) {
        return PasidPrefix.NONE;
    }

    @Override
    public String obstacle(PciDevice device, AddressSpace mm) {
        if (super.obstacle(device, mm) != null) {
            return super.obstacle(device, mm);
        }
        PasidEntry other = unit().state(device).bound();
        if (other != null) {
            return device
                    + " is attached to "
                    + other.space().name()
                    + "; without substreams that is all";
        }
        boolean bank = unit().process(mm) != null || unit().banks().freeStage1() > 0;
        return bank ? null : name() + ": every context bank is in use (ID1.NUMCB)";
    }

    @Override
    public Call<?> install(PasidEntry entry) {
        return Install.call(unit(), entry);
    }

    @Override
    public Call<?> neutralise(List<PasidEntry> entries) {
        return Release.call(unit(), unit().process(entries.get(0).space()));
    }

    @Override
    public Call<?> tearDown(PasidEntry entry) {
        return TearDown.call(unit(), entry);
    }

    @Override
    public Call<?> erase(PasidEntry entry) {
        return TearDown.withoutFlush(unit(), entry);
    }

    @Override
    public Call<?> flush(PasidEntry entry) {
        return TlbRange.all(unit(), unit().process(entry.space()).bank());
    }

    /** A device cannot say that it has stopped while it waits for a stalled transaction. */
    @Override
    public Call<?> drain(PasidEntry entry) {
        return Call.nothing();
    }

    @Override
    public Call<?> forget(PasidEntry entry) {
        return Forget.call(unit(), entry);
    }

    @Override
    public Call<?> invalidate(List<PasidEntry> entries, long start, long end) {
        return RangeInvalidation.call(unit(), entries, start, end);
    }

    @Override
    public Call<?> respond(PageGroup group, PageResponse response) {
        return Resume.answer(unit(), unit().banks().get(group.index()), response);
    }

    @Override
    public List<String> hypothetical() {
        return unit().hasEverShared()
                ? List.of(name() + ": SVA behind an SMMUv2; Linux has none")
                : List.of();
    }
}
