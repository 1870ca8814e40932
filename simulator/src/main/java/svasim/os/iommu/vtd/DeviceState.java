package svasim.os.iommu.vtd;

import java.util.List;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.ManagedDevice;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;

/** What the driver keeps for one device. */
final class DeviceState extends ManagedDevice {
    private final PasidTables tables;

    /**
     * @param tables null in legacy mode
     */
    DeviceState(PciDevice device, PasidTables tables) {
        super(device);
        this.tables = tables;
    }

    /** Null in legacy mode. */
    PasidTables tables() {
        return tables;
    }

    /**
     * Adds what removes translations from the device; for one that must be told twice the second
     * time comes when the first one is complete.
     */
    void addFlush(List<Descriptor> descriptors, Descriptor deviceTlb, Defects defects) {
        descriptors.add(deviceTlb);
        if (device().features().needsExtraFlush() && !defects.has(Defect.S37)) {
            descriptors.add(Descriptor.fence());
            descriptors.add(deviceTlb);
        }
    }

    /** Removes a block of a PASID's translations from the device, or of those without. */
    Descriptor deviceTlb(int pasid, Block block) {
        if (pasid == PasidEntry.NO_PASID) {
            return deviceTlb(block);
        }
        int depth = device().features().invalidateQueueDepth();
        return Descriptor.pasidDeviceTlb(requesterId(), depth, pasid, block);
    }

    /** Removes a block of the translations without PASID from the device. */
    Descriptor deviceTlb(Block block) {
        int depth = device().features().invalidateQueueDepth();
        return Descriptor.deviceTlb(requesterId(), depth, block);
    }
}
