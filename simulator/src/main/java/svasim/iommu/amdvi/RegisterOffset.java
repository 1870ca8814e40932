package svasim.iommu.amdvi;

/** Byte offsets of the registers (1.1). */
final class RegisterOffset {
    static final int DEVICE_TABLE_BASE = 0x0000;
    static final int COMMAND_BUFFER_BASE = 0x0008;
    static final int EVENT_LOG_BASE = 0x0010;
    static final int CONTROL = 0x0018;
    static final int EXCLUSION_BASE = 0x0020;
    static final int EXCLUSION_LIMIT = 0x0028;
    static final int EXTENDED_FEATURE = 0x0030;
    static final int PPR_LOG_BASE = 0x0038;
    static final int DEVICE_TABLE_SEGMENT_1 = 0x0100;
    static final int MSI_CAPABILITY = 0x0158;
    static final int MSI_ADDRESS_LOW = 0x015C;
    static final int MSI_ADDRESS_HIGH = 0x0160;
    static final int MSI_DATA = 0x0164;
    static final int X2APIC_GENERAL = 0x0170;
    static final int X2APIC_PPR = 0x0178;
    static final int EXTENDED_FEATURE_2 = 0x01A0;
    static final int COMMAND_HEAD = 0x2000;
    static final int COMMAND_TAIL = 0x2008;
    static final int EVENT_HEAD = 0x2010;
    static final int EVENT_TAIL = 0x2018;
    static final int STATUS = 0x2020;
    static final int PPR_HEAD = 0x2030;
    static final int PPR_TAIL = 0x2038;
    static final int PPR_AUTO_RESPONSE = 0x2080;
    static final int PPR_OVERFLOW_EARLY = 0x2088;

    private RegisterOffset() {}
}
