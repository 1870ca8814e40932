package svasim.pcie.fabric;

import svasim.pcie.config.ConfigurationSpace;

/**
 * Joins devices, memory, translation agents and cores: requests of devices are translated and
 * carried out in memory; accesses of cores to devices are routed by address, answers by ID.
 */
public final class RootComplex {
    public RootComplex(String name, RootComplexConfig config, Host host) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a port.
     *
     * @param name for example {@code rp0}
     * @param agent the IOMMU above the port; null: addresses are physical and there is no ATS
     */
    public RootPort addPort(String name, RootPortConfig config, TranslationAgent agent) {
        throw new UnsupportedOperationException();
    }

    /** Posted write of a core to a BAR, 1 to 64 bytes. */
    public void writeMmio(long address, byte[] data) {
        throw new UnsupportedOperationException();
    }

    /**
     * Read of a core from a BAR, little-endian; all ones if nobody answers. The value is that which
     * the device has once all earlier writes to it have arrived; they arrive at once. The time it
     * takes is {@link #mmioRoundTripPs}, for the caller to spend.
     *
     * @param bytes 1, 2, 4 or 8
     */
    public long readMmio(long address, int bytes) {
        throw new UnsupportedOperationException();
    }

    /** Time that a read of a register takes on an idle link, in picoseconds. */
    public long mmioRoundTripPs(long address) {
        throw new UnsupportedOperationException();
    }

    /** Whether a BAR of a device covers the physical address. */
    public boolean claims(long address) {
        throw new UnsupportedOperationException();
    }

    /**
     * Configuration space of a function; configuration cycles take no time of their own.
     *
     * @return null if there is no such function
     */
    public ConfigurationSpace configuration(int requesterId) {
        throw new UnsupportedOperationException();
    }

    /** The port above a function; null if there is no such function. */
    public RootPort portOf(int requesterId) {
        throw new UnsupportedOperationException();
    }
}
