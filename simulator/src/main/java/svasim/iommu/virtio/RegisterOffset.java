package svasim.iommu.virtio;

/** Byte offsets of the registers of the transport (virtio 1.2, 4.2.2) and of configuration. */
public final class RegisterOffset {
    public static final int MAGIC_VALUE = 0x000;
    public static final int VERSION = 0x004;
    public static final int DEVICE_ID = 0x008;
    public static final int DEVICE_FEATURES = 0x010;
    public static final int DEVICE_FEATURES_SEL = 0x014;
    public static final int DRIVER_FEATURES = 0x020;
    public static final int DRIVER_FEATURES_SEL = 0x024;
    public static final int QUEUE_SEL = 0x030;
    public static final int QUEUE_NUM_MAX = 0x034;
    public static final int QUEUE_NUM = 0x038;
    public static final int QUEUE_READY = 0x044;
    public static final int QUEUE_NOTIFY = 0x050;
    public static final int INTERRUPT_STATUS = 0x060;
    public static final int INTERRUPT_ACK = 0x064;
    public static final int STATUS = 0x070;
    public static final int QUEUE_DESC = 0x080;
    public static final int QUEUE_DRIVER = 0x090;
    public static final int QUEUE_DEVICE = 0x0A0;

    /** The device's configuration space begins here (reference virtio-iommu.md 2). */
    static final int CONFIGURATION = 0x100;

    public static final int PROBE_SIZE = CONFIGURATION + 32;
    public static final int BYPASS = CONFIGURATION + 36;

    private RegisterOffset() {}
}
