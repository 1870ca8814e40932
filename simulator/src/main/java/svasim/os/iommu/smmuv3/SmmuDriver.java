package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.core.PageResponse;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.IdField;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.GuestTables;
import svasim.os.iommu.PageGroup;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.UnitDriver;
import svasim.os.iommu.UnitSite;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;

/** The driver of one SMMUv3. */
public final class SmmuDriver extends UnitDriver<Unit> {
    public SmmuDriver(UnitSite site) {
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
        return ReleaseUnitDevice.call(unit(), device);
    }

    @Override
    public List<BindCondition> bindConditions(PciDevice device, FeatureSubset subset) {
        return new BindConditions(name(), unit().features(), subset).of(device);
    }

    @Override
    public int pasidLimit(PciDevice device) {
        return 1 << unit().state(device).contexts().bits();
    }

    @Override
    public String obstacle(PciDevice device, AddressSpace space) {
        if (super.obstacle(device, space) != null || unit().asids().haveRoomFor(space)) {
            return super.obstacle(device, space);
        }
        return name() + ": every ASID is in use (-ENOSPC)";
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
        return TearDown.call(unit(), entry);
    }

    @Override
    public Call<?> tearDownUntilForgotten(PasidEntry entry) {
        return TearDown.leavingTlb(unit(), entry);
    }

    /** A quiet descriptor is valid, so that the unit may hold it and has to be told. */
    @Override
    public Call<?> erase(PasidEntry entry) {
        return TearDown.leavingTlb(unit(), entry);
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
    public Call<?> leaveFaults(PasidEntry entry) {
        return Suspend.call(unit(), entry);
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
        return unit().features().has(IdField.S1P) && unit().features().has(IdField.S2P);
    }

    @Override
    public boolean guestOwnsPasidTables() {
        return true;
    }

    @Override
    public Call<?> showGuestTables(PciDevice device, GuestTables tables) {
        DeviceState state = unit().state(device);
        state.guest(
                tables == null
                        ? null
                        : new GuestStream(tables, unit().features(), unit().contextBits(device)));
        return SetStream.call(unit(), state);
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

    /** Without synchronisation, which would tell nothing of an answer. */
    @Override
    public Call<?> respond(PageGroup group, PageResponse response) {
        int streamId = group.device().requesterId();
        int index = group.index();
        Command answer;
        if (!unit().state(group.device()).stalls()) {
            answer = Command.response(streamId, group.pasid(), index, response);
        } else if (response == PageResponse.SUCCESS) {
            answer = Command.retry(streamId, index);
        } else {
            answer = Command.abort(streamId, index);
        }
        return unit().commands().post(List.of(answer));
    }

    @Override
    public List<String> hypothetical() {
        return unit().takesPageRequests()
                ? List.of(name() + ": page requests (PRI) behind an SMMUv3; Linux has none")
                : List.of();
    }
}
