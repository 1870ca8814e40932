package svasim.os.iommu.vtd;

import java.util.TreeSet;
import svasim.os.iommu.Block;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.PciDevice;

/** What the driver keeps for one device. */
final class DeviceState {
    private final PciDevice device;
    private final DmaDomain domain;
    private final PasidTables tables;

    /** PASIDs whose invalidations go to the device (cache tags). */
    private final TreeSet<Integer> tags = new TreeSet<>();

    /**
     * @param tables null in legacy mode
     */
    DeviceState(PciDevice device, DmaDomain domain, PasidTables tables) {
        this.device = device;
        this.domain = domain;
        this.tables = tables;
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
