package svasim.pcie.config;

/**
 * Access Control Services extended capability of a downstream port (PCI Express Base 5.0, 7.7.8;
 * layout after Linux {@code pci_regs.h}): what may go from one device below to another without the
 * root complex seeing it.
 */
public final class AcsCapability {
    public static final int ID = 0x000D;

    /** Offset of the control register, 16 bits; the capability register before it says the same. */
    public static final int CONTROL = 6;

    /** A requester that does not live below the port is a violation. */
    public static final int SOURCE_VALIDATION = 1;

    /** A memory request that is not untranslated is a violation. */
    public static final int TRANSLATION_BLOCKING = 1 << 1;

    /** Requests to peers go up to the root complex. */
    public static final int REQUEST_REDIRECT = 1 << 2;

    /** Completions to peers that are not relaxed go up to the root complex. */
    public static final int COMPLETION_REDIRECT = 1 << 3;

    /** What comes from below and is for below goes up. */
    public static final int UPSTREAM_FORWARDING = 1 << 4;

    /** The egress vector says which peers requests may go to. */
    public static final int EGRESS_CONTROL = 1 << 5;

    /** Translated requests go straight to the peer, whatever is redirected. */
    public static final int DIRECT_TRANSLATED = 1 << 6;

    /** What an operating system switches on to keep devices from each other. */
    public static final int ISOLATION =
            SOURCE_VALIDATION | REQUEST_REDIRECT | COMPLETION_REDIRECT | UPSTREAM_FORWARDING;

    /** Offset of the egress control vector, one bit for each peer. */
    public static final int EGRESS_VECTOR = 8;

    /** Bits of the egress control vector. */
    public static final int PEERS = 32;

    private static final int ALL =
            ISOLATION | TRANSLATION_BLOCKING | EGRESS_CONTROL | DIRECT_TRANSLATED;
    private static final int CAPABILITY = 4;
    private static final int VECTOR_SIZE_SHIFT = 8;
    private static final int BYTES = 12;

    private final ConfigurationSpace space;
    private final int offset;

    /**
     * Appends the capability.
     *
     * @param enabled what firmware has switched on
     */
    public AcsCapability(ConfigurationSpace space, int enabled) {
        this.space = space;
        this.offset = space.appendExtended(ID, 1, BYTES);
        int capability = ALL | PEERS << VECTOR_SIZE_SHIFT;
        space.define(offset + CAPABILITY, Short.BYTES, capability, 0, 0);
        space.define(offset + CONTROL, Short.BYTES, enabled, ALL, 0);
        space.define(offset + EGRESS_VECTOR, Integer.BYTES, 0, -1, 0);
    }

    /** Firmware marks a peer in the egress control vector. */
    public void control(int peer) {
        int vector = space.get(offset + EGRESS_VECTOR, Integer.BYTES);
        space.write(offset + EGRESS_VECTOR, Integer.BYTES, vector | 1 << peer);
    }

    /** Whether the egress control vector marks a peer; nothing follows unless it is on. */
    public boolean controls(int peer) {
        int vector = space.get(offset + EGRESS_VECTOR, Integer.BYTES);
        return peer < PEERS && (vector >>> peer & 1) != 0;
    }

    /** Whether any of these services is on. */
    public boolean has(int services) {
        return (control() & services) != 0;
    }

    /** Whether all services that isolate are on. */
    public boolean isolates() {
        return (control() & ISOLATION) == ISOLATION;
    }

    private int control() {
        return space.get(offset + CONTROL, Short.BYTES);
    }
}
