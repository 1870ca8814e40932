package svasim.pcie.fabric;

import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.link.Link;
import svasim.pcie.link.TlpSink;

/** A port with a link below it, of the root complex or of a switch: a place for devices. */
public interface Port {
    /** As scenarios name it. */
    String name();

    /** Whether packets with a PASID reach the root complex from here. */
    boolean supportsPrefixes();

    /**
     * What the devices below share, because nothing on the way keeps them from each other.
     *
     * @return null if each device is on its own
     */
    String sharedBelow();

    /** Whether what is attached is a part of the root complex. */
    boolean integrated();

    /** Whether functions below may have numbers above 7. */
    boolean forwardsAri();

    /** Attaches something to the lower end of the link. */
    void attach(LinkDevice device);

    /** Where the functions below send; refuses while the queue of the flow class is full. */
    TlpSink upstream();

    /** A function that has refused a packet has room again. */
    void retryDownstream(long nowPs);

    /** As firmware has numbered it. */
    int requesterId();

    /** Configuration space of the port, a bridge. */
    ConfigurationSpace configuration();

    /** Whether packets to a requester ID go down here. */
    boolean leadsToId(int id);

    /** The link below. */
    Link link();

    /** Number of the wire on which the port interrupts. */
    default int wire() {
        return PortLink.wire(requesterId());
    }

    /**
     * Packets on the link below may suffer this from now on.
     *
     * @param up those that go up, else those that go down
     */
    void tamper(boolean up, Tampering.Strike strike);

    /** Takes the link below down without warning: what is there is gone for good. */
    void surpriseDown(long nowPs);

    /** Secondary bus reset: what is below is as after power-on, once the link is trained again. */
    void hotReset(long nowPs);

    /** Physical address space for a BAR, aligned to its size. */
    long allocateMmio(long bytes);

    /** Largest payload on the way to the root complex, in bytes. */
    int maxPayloadBytes();
}
