package svasim.models.dsa.layout;

import java.util.Map;
import svasim.pcie.config.ConfigurationImage;

/**
 * Configuration space of a DSA of Sapphire Rapids, 8086:0b25, as {@code lspci -vvv} lists it under
 * Linux (a listing of 6a:01.0 of a server with eight of them, in a public article of October 2024
 * on the use of DSA; the same offsets stand in Intel's DSA user guide, which was not read). Numbers
 * of subsystem and revision are left out. Maximum payload and read request are limits of {@link
 * svasim.pcie.endpoint.EndpointConfig}.
 */
public final class PciConfiguration {
    public static final int VENDOR_AND_DEVICE = 0x0b25_8086;

    /** System peripheral, other. */
    private static final int CLASS = 0x0880_0000;

    /** Bit 4 of Status: there is a list of capabilities. */
    private static final int HAS_CAPABILITIES = 1 << 20;

    private static final int EXPRESS = 0x40;
    private static final int MSIX = 0x80;
    private static final int POWER = 0x90;

    /** Version 2 of the capability, root complex integrated endpoint, next at 80. */
    private static final int EXPRESS_HEADER = 0x0092_8010;

    /** Nine vectors, next at 90; their table and pending bits lie in BAR 0. */
    private static final int MSIX_HEADER = 0x0008_9011;

    /** Version 3, no PME; the last. */
    private static final int POWER_HEADER = 0x0003_0001;

    /** D0, and no reset from D3hot to D0. */
    private static final int POWER_STATUS = 1 << 3;

    private static final int PENDING_BITS = 0x3000;

    private static final int AER = 0x01;
    private static final int VIRTUAL_CHANNEL = 0x02;
    private static final int ATS = 0x0f;
    private static final int PRI = 0x13;
    private static final int PROCESSING_HINTS = 0x17;
    private static final int LATENCY_TOLERANCE = 0x18;
    private static final int PASID = 0x1b;
    private static final int VENDOR_SPECIFIC = 0x23;

    private PciConfiguration() {}

    /** What every DSA shows. */
    public static ConfigurationImage image() {
        return new ConfigurationImage(
                Map.of(
                        0x00,
                        VENDOR_AND_DEVICE,
                        0x04,
                        HAS_CAPABILITIES,
                        0x08,
                        CLASS,
                        EXPRESS,
                        EXPRESS_HEADER,
                        MSIX,
                        MSIX_HEADER,
                        MSIX + 4,
                        Register.MSIX_TABLE,
                        MSIX + 8,
                        PENDING_BITS,
                        POWER,
                        POWER_HEADER,
                        POWER + 4,
                        POWER_STATUS),
                Map.of(
                        AER, 0x100,
                        LATENCY_TOLERANCE, 0x150,
                        PROCESSING_HINTS, 0x160,
                        VIRTUAL_CHANNEL, 0x170,
                        VENDOR_SPECIFIC, 0x200,
                        ATS, 0x220,
                        PASID, 0x230,
                        PRI, 0x240),
                Map.of(
                        LATENCY_TOLERANCE, 1,
                        PROCESSING_HINTS, 1,
                        VIRTUAL_CHANNEL, 1,
                        VENDOR_SPECIFIC, 1));
    }
}
