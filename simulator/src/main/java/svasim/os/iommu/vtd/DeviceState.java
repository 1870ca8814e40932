package svasim.os.iommu.vtd;

import java.util.TreeSet;
import svasim.os.iommu.PciDevice;

/** What the driver keeps for one device. */
final class DeviceState {
    private final PciDevice device;
    private final DmaDomain domain;
    private final PasidTables tables;

    /** PASIDs whose invalidations go to the device (cache tags). */
    private final TreeSet<Integer> tags = new TreeSet<>();

    DeviceState(PciDevice device, Unit unit, int domainId) {
        this.device = device;
        this.domain = new DmaDomain(unit, domainId);
        this.tables =
                unit.capabilities().scalableMode()
                        ? new PasidTables(
                                unit.capabilities().pasidBits(), unit.frames(), unit.owner())
                        : null;
    }

    PciDevice device() {
        return device;
    }

    /** Where the addresses of the DMA API are mapped. */
    DmaDomain domain() {
        return domain;
    }

    /** Null in legacy mode. */
    PasidTables tables() {
        return tables;
    }

    boolean hasDeviceTlb() {
        return device.features().atsEnabled();
    }

    void addTag(int pasid) {
        tags.add(pasid);
    }

    /**
     * @return true if no PASID is left
     */
    boolean removeTag(int pasid) {
        tags.remove(pasid);
        return tags.isEmpty();
    }

    /** Removes a block of a PASID's translations from the device. */
    Descriptor deviceTlb(int pasid, Block block) {
        int depth = device.features().invalidateQueueDepth();
        return Descriptor.pasidDeviceTlb(device.requesterId(), depth, pasid, block);
    }

    /** Removes a block of the translations without PASID from the device. */
    Descriptor deviceTlb(Block block) {
        int depth = device.features().invalidateQueueDepth();
        return Descriptor.deviceTlb(device.requesterId(), depth, block);
    }
}
