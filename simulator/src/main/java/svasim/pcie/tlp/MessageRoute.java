package svasim.pcie.tlp;

/** How a message finds its way; the ordinal is the code on the wire. */
public enum MessageRoute {
    TO_ROOT_COMPLEX,
    BY_ADDRESS,
    BY_ID,
    /** To everything below the root complex. */
    FROM_ROOT_COMPLEX,
    /** Ends at the next port. */
    LOCAL,
    /** To the root complex; switches send one when all ports below have. */
    GATHERED;

    private static final MessageRoute[] ALL = values();

    /** The route of a code; null for reserved ones. */
    static MessageRoute of(int code) {
        return code < ALL.length ? ALL[code] : null;
    }
}
