package svasim.pcie.fabric;

import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.link.TlpSink;

/** A function at the lower end of a link, as the port above it sees it. */
public interface LinkDevice extends TlpSink {
    String name();

    int requesterId();

    ConfigurationSpace configuration();

    /** Largest payload that the function takes, in bytes. */
    int maxPayloadBytes();

    /** Whether a BAR of the function covers the physical address. */
    boolean claims(long address);

    /** A read of the host arrives, 1 to 8 bytes; everything posted before has arrived. */
    long readRegister(long address, int bytes, long nowPs);

    /** There is room again on the link upwards. */
    void linkReady(long nowPs);
}
