package svasim.iommu.virtio;

/** Bits of the status of a device (virtio 1.2, 2.1). */
public final class DeviceStatus {
    public static final int ACKNOWLEDGE = 1;
    public static final int DRIVER = 1 << 1;
    public static final int DRIVER_OK = 1 << 2;
    public static final int FEATURES_OK = 1 << 3;
    static final int NEEDS_RESET = 1 << 6;

    private DeviceStatus() {}
}
