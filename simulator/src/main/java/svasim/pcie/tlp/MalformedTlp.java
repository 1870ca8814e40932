package svasim.pcie.tlp;

/** Why bytes are not taken as a packet. */
public enum MalformedTlp implements DecodedTlp {
    /** The bytes end before the header does. */
    TRUNCATED,
    /** A local prefix behind an end-end prefix. */
    PREFIX_ORDER,
    /** More than four end-end prefixes, or two with a PASID. */
    TOO_MANY_PREFIXES,
    /** A PASID on a packet that must not have one. */
    PREFIX_NOT_ALLOWED,
    /** A combination of Fmt and Type that is not defined. */
    UNKNOWN_TYPE,
    /** The Length field does not fit the bytes that follow, or the kind of packet. */
    LENGTH,
    OVER_MAX_PAYLOAD,
    BYTE_ENABLES,
    CROSSES_4K,
    /** An AtomicOp off the size of its value. */
    ALIGNMENT,
    /** A message on a route that its code does not take. */
    ROUTING,
    /** Translation Request code on a write. */
    ADDRESS_TYPE,
    /**
     * Well-formed, but what no record here says: byte enables with gaps, register accesses without
     * bytes, poisoned data of I/O, configuration and Invalidate Requests.
     */
    NOT_MODELLED
}
