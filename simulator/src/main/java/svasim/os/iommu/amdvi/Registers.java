package svasim.os.iommu.amdvi;

/** Offsets and bits of the registers that the driver uses (AMD-Vi reference, 1). */
final class Registers {
    static final int DEVICE_TABLE = 0x0000;
    static final int COMMAND_BUFFER = 0x0008;
    static final int EVENT_LOG = 0x0010;
    static final int CONTROL = 0x0018;
    static final int EXTENDED_FEATURES = 0x0030;
    static final int PPR_LOG = 0x0038;
    static final int MSI_CONTROL = 0x0158;
    static final int MSI_ADDRESS = 0x015C;
    static final int MSI_DATA = 0x0164;
    static final int COMMAND_HEAD = 0x2000;
    static final int COMMAND_TAIL = 0x2008;
    static final int EVENT_HEAD = 0x2010;
    static final int EVENT_TAIL = 0x2018;
    static final int STATUS = 0x2020;
    static final int PPR_HEAD = 0x2030;
    static final int PPR_TAIL = 0x2038;

    static final long IOMMU_ENABLE = 1;
    static final long EVENT_LOG_ENABLE = 1 << 2;
    static final long EVENT_INTERRUPT = 1 << 3;

    /** Devices have a second to answer an invalidation. */
    static final long INVALIDATION_TIMEOUT_1S = 4 << 5;

    static final long PASS_POSTED_WRITES = 1 << 8;
    static final long COHERENT = 1 << 10;
    static final long COMMAND_BUFFER_ENABLE = 1 << 12;
    static final long PPR_LOG_ENABLE = 1 << 13;
    static final long PPR_INTERRUPT = 1 << 14;
    static final long PPR_ENABLE = 1 << 15;
    static final long GUEST_TRANSLATION = 1 << 16;

    static final int EVENT_OVERFLOW = 1;
    static final int EVENT_PENDING = 1 << 1;
    static final int EVENT_LOG_RUNS = 1 << 3;
    static final int PPR_OVERFLOW = 1 << 5;
    static final int PPR_PENDING = 1 << 6;
    static final int PPR_LOG_RUNS = 1 << 7;

    static final int MSI_ENABLE = 1 << 16;

    private Registers() {}
}
