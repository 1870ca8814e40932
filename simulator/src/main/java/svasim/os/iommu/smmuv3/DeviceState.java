package svasim.os.iommu.smmuv3;

import svasim.os.iommu.ManagedDevice;
import svasim.os.iommu.PciDevice;

/** What the driver keeps for one device (a master with one stream). */
final class DeviceState extends ManagedDevice {
    private final ContextTable contexts;
    private final boolean stalls;

    /**
     * @param contexts null if the unit has no stage 1
     * @param stalls whether faults of the device stall
     */
    DeviceState(PciDevice device, ContextTable contexts, boolean stalls) {
        super(device);
        this.contexts = contexts;
        this.stalls = stalls;
    }

    int streamId() {
        return requesterId();
    }

    ContextTable contexts() {
        return contexts;
    }

    boolean stalls() {
        return stalls;
    }
}
