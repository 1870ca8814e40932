package svasim.os.iommu.vtd;

import java.util.List;
import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.core.PageResponse;
import svasim.iommu.vtd.Descriptor;
import svasim.os.defect.Defect;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PageGroup;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PasidSource;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.UnitDriver;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;

/** The driver of one VT-d unit(). */
public final class VtdDriver extends UnitDriver<Unit> {
    public VtdDriver(UnitSite site) {
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

    @Override
    public Call<?> releaseDevice(PciDevice device) {
        return ReleaseUnitDevice.call(unit(), device);
    }

    @Override
    public List<BindCondition> bindConditions(PciDevice device, FeatureSubset subset) {
        return new BindConditions(name(), unit().capabilities(), subset).of(device);
    }

    @Override
    public PasidSource pasidSource() {
        return unit().commands();
    }

    @Override
    public int pasidLimit(PciDevice device) {
        int bits = Math.min(unit().capabilities().pasidBits(), device.features().pasidWidth());
        return 1 << bits;
    }

    @Override
    public Call<?> install(PasidEntry entry) {
        return Install.call(unit(), entry);
    }

    @Override
    public Call<?> neutralise(List<PasidEntry> entries) {
        return Release.call(unit(), entries);
    }

    @Override
    public Call<?> tearDown(PasidEntry entry) {
        return TearDown.toNothing(unit(), entry);
    }

    @Override
    public Call<?> erase(PasidEntry entry) {
        return TearDown.eraseOnly(unit(), entry);
    }

    @Override
    public Call<?> flush(PasidEntry entry) {
        return TearDown.flushOnly(unit(), entry);
    }

    @Override
    public Call<?> drain(PasidEntry entry) {
        return Drain.call(unit(), entry);
    }

    @Override
    public Call<?> flushFaults() {
        return unit().faults().flush();
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
    public boolean servesGuests() {
        return unit().capabilities().nests();
    }

    @Override
    public Call<?> invalidateGuest(PciDevice device, Scope scope) {
        return GuestInvalidation.translations(unit(), device, scope);
    }

    /** Nothing: the host's entries change by {@link #install} and {@link #tearDown}. */
    @Override
    public Call<?> invalidateGuestEntries(PciDevice device, int pasid) {
        return Call.nothing();
    }

    @Override
    public Call<?> invalidateDeviceTlb(PciDevice device, int pasid, long address, long bytes) {
        Block block = new Scope(0, pasid, address, bytes, false).block();
        return GuestInvalidation.ofDevice(unit(), device, pasid, block);
    }

    @Override
    public Call<?> respond(PageGroup group, PageResponse response) {
        boolean unconverted = unit().site().has(Defect.S59);
        int code = unconverted ? response.kernelCode() : response.code();
        Descriptor answer =
                Descriptor.response(
                        group.device().requesterId(), group.pasid(), group.index(), code);
        return unit().queue().submit(List.of(answer));
    }
}
