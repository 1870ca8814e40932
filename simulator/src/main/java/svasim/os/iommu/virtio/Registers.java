package svasim.os.iommu.virtio;

/** Offsets and bits of the transport and of the configuration space that the driver uses. */
final class Registers {
    static final int DEVICE_FEATURES = 0x010;
    static final int DEVICE_FEATURES_SEL = 0x014;
    static final int DRIVER_FEATURES = 0x020;
    static final int DRIVER_FEATURES_SEL = 0x024;
    static final int QUEUE_SEL = 0x030;
    static final int QUEUE_NUM_MAX = 0x034;
    static final int QUEUE_NUM = 0x038;
    static final int QUEUE_READY = 0x044;
    static final int QUEUE_NOTIFY = 0x050;
    static final int INTERRUPT_STATUS = 0x060;
    static final int INTERRUPT_ACK = 0x064;
    static final int STATUS = 0x070;
    static final int QUEUE_DESC = 0x080;
    static final int QUEUE_DRIVER = 0x090;
    static final int QUEUE_DEVICE = 0x0A0;
    static final int PROBE_SIZE = 0x120;
    static final int BYPASS = 0x124;

    static final int ACKNOWLEDGE = 1;
    static final int DRIVER = 1 << 1;
    static final int DRIVER_OK = 1 << 2;
    static final int FEATURES_OK = 1 << 3;

    static final int MAP_UNMAP = 1 << 2;
    static final int PROBE = 1 << 4;
    static final int BYPASS_CONFIG = 1 << 6;

    /** Features that the driver knows, of the lower half: all but the old BYPASS. */
    static final int KNOWN = 0x77;

    /** VERSION_1, in the upper half. */
    static final int VERSION_1 = 1;

    private Registers() {}
}
