package svasim.pcie.config;

/**
 * PCI Express capability of a port with buses behind it, as far as prefixes and routing IDs matter
 * (PCI Express Base 5.0, 7.5.3; layout after Linux {@code pci_regs.h}).
 */
public final class PortExpressCapability {
    /** What a port is, as the Device/Port Type field says it. */
    public enum Type {
        ROOT_PORT(4),
        UPSTREAM_PORT(5),
        DOWNSTREAM_PORT(6);

        private final int code;

        Type(int code) {
            this.code = code;
        }
    }

    public static final int DEVICE_CONTROL_2 = ExpressCapability.OFFSET + 0x28;

    /** Device Control 2: functions behind the port have eight bits of function number. */
    public static final int ARI_FORWARDING = 1 << 5;

    /** Device Control 2: no packet with an end-end prefix leaves here. */
    public static final int PREFIX_BLOCKING = 1 << 15;

    private static final int CAPABILITIES = ExpressCapability.OFFSET + 2;
    private static final int TYPE_SHIFT = 4;
    private static final int VERSION = 2;
    private static final int ARI_SUPPORTED = 1 << 5;

    private final ConfigurationSpace space;

    /**
     * @param prefixes End-End TLP Prefix Supported
     * @param control Device Control 2 as firmware leaves it
     */
    public PortExpressCapability(
            ConfigurationSpace space, Type type, boolean prefixes, int control) {
        this.space = space;
        boolean ari = type != Type.UPSTREAM_PORT;
        int supported =
                (ari ? ARI_SUPPORTED : 0) | (prefixes ? ExpressCapability.END_END_PREFIXES : 0);
        space.define(ExpressCapability.POINTER, 1, ExpressCapability.OFFSET, 0, 0);
        space.define(ExpressCapability.OFFSET, 1, ExpressCapability.ID, 0, 0);
        space.define(CAPABILITIES, Short.BYTES, VERSION | type.code << TYPE_SHIFT, 0, 0);
        space.define(ExpressCapability.DEVICE_CAPABILITIES_2, Integer.BYTES, supported, 0, 0);
        int writable = (ari ? ARI_FORWARDING : 0) | (prefixes ? PREFIX_BLOCKING : 0);
        space.define(DEVICE_CONTROL_2, Short.BYTES, control & writable, writable, 0);
    }

    public boolean supportsPrefixes() {
        int supported = space.get(ExpressCapability.DEVICE_CAPABILITIES_2, Integer.BYTES);
        return (supported & ExpressCapability.END_END_PREFIXES) != 0;
    }

    public boolean blocksPrefixes() {
        return has(PREFIX_BLOCKING);
    }

    public boolean forwardsAri() {
        return has(ARI_FORWARDING);
    }

    private boolean has(int flag) {
        return (space.get(DEVICE_CONTROL_2, Short.BYTES) & flag) != 0;
    }
}
