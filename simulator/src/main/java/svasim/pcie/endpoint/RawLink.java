package svasim.pcie.endpoint;

import svasim.pcie.tlp.Tlp;

/**
 * The link as hardware sees it that keeps no rules: beside the DMA engine, past the capabilities
 * and their controls. For models of malicious or broken functions only.
 */
public final class RawLink {
    private final Uplink uplink;
    private Tap tap = (tlp, nowPs) -> false;

    RawLink(Uplink uplink) {
        this.uplink = uplink;
    }

    /** Sees what arrives before the function does. */
    @FunctionalInterface
    public interface Tap {
        /**
         * @return whether the function does not get to see it
         */
        boolean takes(Tlp tlp, long nowPs);
    }

    /** Who sees first what arrives, from now on. */
    public void tap(Tap first) {
        tap = first;
    }

    /** Sends any packet, however long it has to wait; a function that is gone sends nothing. */
    public void send(Tlp tlp, long nowPs) {
        uplink.unchecked(tlp, nowPs);
    }

    boolean takes(Tlp tlp, long nowPs) {
        return tap.takes(tlp, nowPs);
    }
}
