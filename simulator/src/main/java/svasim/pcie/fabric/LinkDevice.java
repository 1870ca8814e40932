package svasim.pcie.fabric;

import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PcieError;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Tlp;

/** A function, or a switch with functions below it, at the lower end of a link. */
public interface LinkDevice extends TlpSink {
    String name();

    int requesterId();

    /** The function with a requester ID, this one or one below; null if there is none. */
    default LinkDevice function(int id) {
        return id == requesterId() ? this : null;
    }

    ConfigurationSpace configuration();

    /** Largest payload that the function takes, in bytes. */
    int maxPayloadBytes();

    /** Whether a BAR here or below covers the physical address. */
    boolean claims(long address);

    /** A read of the host arrives, 1 to 8 bytes; everything posted before has arrived. */
    long readRegister(long address, int bytes, long nowPs);

    /** Time that a read of a register takes from here to the function and back, when idle. */
    default long extraRoundTripPs(long address) {
        return 0;
    }

    /** Whether it sends on what others below have sent. */
    default boolean forwards() {
        return false;
    }

    /**
     * The link or its lower end has an error that belongs to no function, so that this one notes
     * it.
     *
     * @param tlp that it is about; null without one
     */
    default void found(PcieError error, Tlp tlp) {}

    /** Hot reset: everything here and below is as after power-on. */
    void hotReset(long nowPs);

    /** It is gone for good, with all that is below: pulled out, or its link has died. */
    void removed(long nowPs);

    /** There is room again on the link upwards. */
    void linkReady(long nowPs);
}
