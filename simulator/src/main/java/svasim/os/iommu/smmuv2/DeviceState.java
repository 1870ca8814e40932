package svasim.os.iommu.smmuv2;

import svasim.os.iommu.ManagedDevice;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;

/** What the driver keeps for one device (a master with one stream). */
final class DeviceState extends ManagedDevice {
    private final int streamId;
    private final int group;
    private PasidEntry bound;
    private boolean shared;

    /**
     * @param group stream mapping group, or {@link StreamGroups#NONE}
     */
    DeviceState(PciDevice device, int streamId, int group) {
        super(device);
        this.streamId = streamId;
        this.group = group;
    }

    int streamId() {
        return streamId;
    }

    int group() {
        return group;
    }

    /** Whether the unit can tell the device's stream from others. */
    boolean isMapped() {
        return group != StreamGroups.NONE;
    }

    /** Whether the stream is translated by the process that has the device. */
    boolean isShared() {
        return shared;
    }

    void shared(boolean now) {
        shared = now;
    }

    /** The address space that the device is given to, or null; its faults may outlast that. */
    PasidEntry bound() {
        return bound;
    }

    void bound(PasidEntry entry) {
        bound = entry;
    }
}
