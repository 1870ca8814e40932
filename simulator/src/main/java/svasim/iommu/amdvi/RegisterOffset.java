package svasim.iommu.amdvi;

/** Byte offsets of the registers (1.1). */
public final class RegisterOffset {
    public static final int DEVICE_TABLE_BASE = 0x0000;
    public static final int COMMAND_BUFFER_BASE = 0x0008;
    public static final int EVENT_LOG_BASE = 0x0010;
    public static final int CONTROL = 0x0018;
    public static final int EXCLUSION_BASE = 0x0020;
    public static final int EXCLUSION_LIMIT = 0x0028;
    public static final int EXTENDED_FEATURE = 0x0030;
    public static final int PPR_LOG_BASE = 0x0038;
    public static final int DEVICE_TABLE_SEGMENT_1 = 0x0100;
    public static final int MSI_CAPABILITY = 0x0158;
    public static final int MSI_ADDRESS_LOW = 0x015C;
    public static final int MSI_ADDRESS_HIGH = 0x0160;
    public static final int MSI_DATA = 0x0164;
    public static final int X2APIC_GENERAL = 0x0170;
    public static final int X2APIC_PPR = 0x0178;
    public static final int EXTENDED_FEATURE_2 = 0x01A0;
    public static final int COMMAND_HEAD = 0x2000;
    public static final int COMMAND_TAIL = 0x2008;
    public static final int EVENT_HEAD = 0x2010;
    public static final int EVENT_TAIL = 0x2018;
    public static final int STATUS = 0x2020;
    public static final int PPR_HEAD = 0x2030;
    public static final int PPR_TAIL = 0x2038;
    public static final int PPR_AUTO_RESPONSE = 0x2080;
    public static final int PPR_OVERFLOW_EARLY = 0x2088;

    private RegisterOffset() {}
}
