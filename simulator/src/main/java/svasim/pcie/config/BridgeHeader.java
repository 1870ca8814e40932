package svasim.pcie.config;

/** Type 1 header: a port with buses behind it (PCI Express Base 5.0, 7.5.1.3). */
public final class BridgeHeader {
    public static final int PRIMARY_BUS = 0x18;
    public static final int SECONDARY_BUS = 0x19;
    public static final int SUBORDINATE_BUS = 0x1A;

    private static final int HEADER_TYPE = 0x0E;
    private static final int BRIDGE = 1;
    private static final int ANY = 0xFF;

    private final ConfigurationSpace space;

    public BridgeHeader(ConfigurationSpace space) {
        this.space = space;
        space.define(HEADER_TYPE, 1, BRIDGE, 0, 0);
        for (int bus = PRIMARY_BUS; bus <= SUBORDINATE_BUS; bus++) {
            space.define(bus, 1, 0, ANY, 0);
        }
    }

    /** Whether a bus lies behind the port. */
    public boolean covers(int bus) {
        return bus >= space.get(SECONDARY_BUS, 1) && bus <= space.get(SUBORDINATE_BUS, 1);
    }
}
