package svasim.os.iommu.virtio;

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
import svasim.os.procedure.Call;

/** The driver of one virtio-iommu. It refuses every bind, so that nothing of a bond exists here. */
public final class VirtioDriver extends UnitDriver<Unit> {
    public VirtioDriver(UnitSite site) {
        super(new Unit(site));
    }

    @Override
    public Call<?> probe() {
        return Probe.call(unit());
    }

    @Override
    public Call<?> probeDevice(PciDevice device) {
        return ProbeDevice.call(unit(), device);
    }

    @Override
    public Call<?> attach(PciDevice device, DomainType type) {
        return Attach.call(unit(), device, type);
    }

    /** A blocked endpoint is detached, which is all that the unit knew of it. */
    @Override
    public Call<?> releaseDevice(PciDevice device) {
        return Call.nothing();
    }

    @Override
    public List<BindCondition> bindConditions(PciDevice device, FeatureSubset subset) {
        if (!unit().isProbed()) {
            return BindCondition.notProbed(name());
        }
        return List.of(
                missing("page-table attachment", "takes mappings by MAP messages only"),
                missing("PASID", "has no PASIDs"),
                missing("page request queue", "has no page requests"));
    }

    private BindCondition missing(String what, String refusal) {
        return BindCondition.present(
                name(), what, false, name() + " (virtio-iommu) " + refusal + ": no " + what);
    }

    @Override
    public int pasidLimit(PciDevice device) {
        return 0;
    }

    @Override
    public Call<?> install(PasidEntry entry) {
        throw neverBound();
    }

    @Override
    public Call<?> neutralise(List<PasidEntry> entries) {
        throw neverBound();
    }

    @Override
    public Call<?> tearDown(PasidEntry entry) {
        throw neverBound();
    }

    @Override
    public Call<?> erase(PasidEntry entry) {
        throw neverBound();
    }

    @Override
    public Call<?> flush(PasidEntry entry) {
        throw neverBound();
    }

    @Override
    public Call<?> drain(PasidEntry entry) {
        throw neverBound();
    }

    @Override
    public Call<?> forget(PasidEntry entry) {
        throw neverBound();
    }

    @Override
    public Call<?> invalidate(List<PasidEntry> entries, long start, long end) {
        throw neverBound();
    }

    @Override
    public Call<?> respond(PageGroup group, PageResponse response) {
        throw neverBound();
    }

    private IllegalStateException neverBound() {
        return new IllegalStateException(name() + ": no bind was ever granted");
    }
}
