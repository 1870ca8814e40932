package svasim.os.iommu.smmuv3;

import svasim.os.iommu.ManagedDevice;
import svasim.os.iommu.PciDevice;

/** What the driver keeps for one device (a master with one stream). */
final class DeviceState extends ManagedDevice {
    private boolean emptied;
    private final ContextTable contexts;
    private final boolean stalls;
    private GuestStream guest;

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

    /**
     * Whether a table of context descriptors that the host keeps is what the stream uses: not of a
     * virtual machine.
     */
    boolean usesContexts() {
        return contexts != null && stage() == null;
    }

    /** What the guest says of its own; null for stage 2 alone. */
    GuestStream guest() {
        return guest;
    }

    void guest(GuestStream wanted) {
        guest = wanted;
    }

    /** ATS was switched off, with which the device has forgotten whatever it held. */
    void emptied() {
        emptied = true;
    }

    /** Whether a device whose ATS is off holds nothing for that reason, and takes no request. */
    boolean isEmptied() {
        return emptied;
    }

    boolean stalls() {
        return stalls;
    }
}
