package svasim.pcie.fabric;

/**
 * A port of the root complex with the link below it, or the place of an integrated endpoint. Takes
 * packets up into the root complex and down to the functions attached.
 */
public final class RootPort {
    RootPort() {}

    public String name() {
        throw new UnsupportedOperationException();
    }

    /** Whether packets with a PASID reach the root complex from here. */
    public boolean supportsPrefixes() {
        throw new UnsupportedOperationException();
    }

    /** Attaches a function to the lower end of the link. */
    public void attach(LinkDevice device) {
        throw new UnsupportedOperationException();
    }

    /** Where the functions below send; refuses while the queue of the flow class is full. */
    public TlpSink upstream() {
        throw new UnsupportedOperationException();
    }

    /** Physical address space for a BAR, aligned to its size. */
    public long allocateMmio(long bytes) {
        throw new UnsupportedOperationException();
    }

    /** Largest payload on the link, in bytes. */
    public int maxPayloadBytes() {
        throw new UnsupportedOperationException();
    }
}
