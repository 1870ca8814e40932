package svasim.pcie.config;

/**
 * Alternative Routing-ID Interpretation extended capability (PCI Express Base 5.0, 7.8.7): the
 * function belongs to a device whose functions have eight bits of number and no device number.
 */
public final class AriCapability {
    public static final int ID = 0x000E;

    private static final int CAPABILITY = 4;
    private static final int NEXT_SHIFT = 8;
    private static final int BYTES = 8;

    /**
     * Appends the capability.
     *
     * @param next number of the next function of the device, 0 after the last; virtual functions do
     *     not count
     */
    public AriCapability(ConfigurationSpace space, int next) {
        int offset = space.appendExtended(ID, 1, BYTES);
        space.define(offset + CAPABILITY, Short.BYTES, next << NEXT_SHIFT, 0, 0);
    }
}
