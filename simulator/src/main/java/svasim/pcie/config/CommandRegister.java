package svasim.pcie.config;

/**
 * Command register of a function (PCI Express Base 5.0, 7.5.1.1.3), of which Memory Space Enable is
 * modelled: without it nothing behind a BAR answers. Firmware has set it; each reset clears it.
 */
public final class CommandRegister {
    public static final int OFFSET = 0x04;

    /** Memory Space Enable. */
    public static final int MEMORY_SPACE = 1 << 1;

    private final ConfigurationSpace space;

    public CommandRegister(ConfigurationSpace space) {
        this.space = space;
        space.define(OFFSET, Short.BYTES, MEMORY_SPACE, MEMORY_SPACE, 0);
    }

    public boolean memorySpace() {
        return (space.get(OFFSET, Short.BYTES) & MEMORY_SPACE) != 0;
    }

    /** Function level reset, or reset of the link. */
    public void reset() {
        space.set(OFFSET, Short.BYTES, 0);
    }
}
