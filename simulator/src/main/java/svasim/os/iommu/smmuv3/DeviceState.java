package svasim.os.iommu.smmuv3;

import java.util.TreeSet;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.PciDevice;

/** What the driver keeps for one device (a master with one stream). */
final class DeviceState {
    private final PciDevice device;
    private final DmaDomain domain;
    private final ContextTable contexts;
    private final boolean stalls;

    /** PASIDs whose invalidations go to the device (invalidation array). */
    private final TreeSet<Integer> pasids = new TreeSet<>();

    /**
     * @param contexts null if the unit has no stage 1
     * @param stalls whether faults of the device stall
     */
    DeviceState(PciDevice device, DmaDomain domain, ContextTable contexts, boolean stalls) {
        this.device = device;
        this.domain = domain;
        this.contexts = contexts;
        this.stalls = stalls;
    }

    int streamId() {
        return device.requesterId();
    }

    DmaDomain domain() {
        return domain;
    }

    ContextTable contexts() {
        return contexts;
    }

    boolean stalls() {
        return stalls;
    }

    boolean hasAtc() {
        return device.features().atsEnabled();
    }

    void add(int pasid) {
        pasids.add(pasid);
    }

    /**
     * @return true if no PASID is left
     */
    boolean remove(int pasid) {
        pasids.remove(pasid);
        return pasids.isEmpty();
    }
}
