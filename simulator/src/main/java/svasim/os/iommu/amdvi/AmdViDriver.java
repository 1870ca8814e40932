package svasim.os.iommu.amdvi;

import java.util.List;
import svasim.iommu.amdvi.Command;
import svasim.iommu.amdvi.Features;
import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.core.PageResponse;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.GuestTables;
import svasim.os.iommu.PageGroup;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.UnitDriver;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.pcie.tlp.PasidPrefix;

/** The driver of one AMD IOMMU. */
public final class AmdViDriver extends UnitDriver<Unit> {
    public AmdViDriver(UnitSite site) {
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

    /** The device table entry says whether the unit takes page requests of the device. */
    @Override
    public Call<?> featuresChanged(PciDevice device) {
        return Attach.call(unit(), device, unit().state(device).attached());
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
        return new BindConditions(name(), unit().features(), subset).of(device);
    }

    @Override
    public int pasidLimit(PciDevice device) {
        return 1 << unit().pasidBits(device.features());
    }

    @Override
    public Call<?> install(PasidEntry entry) {
        Call<?> install = GuestRoot.install(unit(), entry);
        return entry.isWholeFunction()
                ? Call.sequence(List.of(attach(entry.device(), DomainType.BLOCKED), install))
                : install;
    }

    @Override
    public Call<?> neutralise(List<PasidEntry> entries) {
        return Release.call(unit(), entries);
    }

    @Override
    public Call<?> tearDown(PasidEntry entry) {
        return GuestRoot.remove(unit(), entry);
    }

    @Override
    public Call<?> erase(PasidEntry entry) {
        return GuestRoot.erase(unit(), entry);
    }

    @Override
    public Call<?> flush(PasidEntry entry) {
        return GuestRoot.flush(unit(), entry);
    }

    /** Nothing: that the device has stopped has to mean that its requests have been answered. */
    @Override
    public Call<?> drain(PasidEntry entry) {
        return Call.nothing();
    }

    @Override
    public Call<?> flushFaults() {
        return unit().faults().flush();
    }

    /** Nothing: the device stays in the fault queue until it is detached. */
    @Override
    public Call<?> forget(PasidEntry entry) {
        return Call.nothing();
    }

    /** Nothing, for the same reason. */
    @Override
    public Call<?> leaveFaults(PasidEntry entry) {
        return Call.nothing();
    }

    @Override
    public boolean unregistersAtOnce() {
        return true;
    }

    @Override
    public Call<?> invalidate(List<PasidEntry> entries, long start, long end) {
        return RangeInvalidation.call(unit(), entries, start, end);
    }

    @Override
    public List<String> hypothetical() {
        return unit().hasUntaggedRequests()
                ? List.of(name() + ": page requests without PASID; Linux refuses them on AMD")
                : List.of();
    }

    /** As Linux asks of a nesting parent. */
    @Override
    public boolean servesGuests() {
        Features has = unit().features();
        boolean tables = has.has("GTSup") && has.has("GIoSup") && has.hostLevels() > 0;
        return tables && has.guestRootsInGuest();
    }

    @Override
    public boolean guestOwnsPasidTables() {
        return true;
    }

    @Override
    public Call<?> showGuestTables(PciDevice device, GuestTables tables) {
        DeviceState state = unit().state(device);
        state.guest(tables == null ? null : new GuestEntry(tables, unit().features()));
        return attach(device, state.attached());
    }

    @Override
    public Call<?> invalidateGuest(PciDevice device, Scope scope) {
        return GuestInvalidation.translations(unit(), device, scope);
    }

    @Override
    public Call<?> invalidateGuestEntries(PciDevice device, int pasid) {
        return GuestInvalidation.entries(unit(), device, pasid);
    }

    @Override
    public Call<?> invalidateDeviceTlb(PciDevice device, int pasid, long address, long bytes) {
        Block block = new Scope(0, pasid, address, bytes, false).block();
        return GuestInvalidation.ofDevice(unit(), device, pasid, block);
    }

    /** Without a completion wait. */
    @Override
    public Call<?> respond(PageGroup group, PageResponse response) {
        PciDevice device = group.device();
        int pasid = device.features().responsesCarryPasid() ? group.pasid() : PasidPrefix.NONE;
        return unit().commands()
                .post(
                        List.of(
                                Command.completePpr(
                                        device.requesterId(), pasid, group.index(), response)));
    }
}
