package svasim.pcie.fabric;

/** Why a packet was thrown away; the ordinal is field {@code reason} of {@code TLP_DROPPED}. */
public enum DropReason {
    /** A prefix at a port without End-End TLP Prefix Supported: malformed there. */
    PREFIX_NOT_SUPPORTED,
    /** Nobody has the requester ID or the address that it goes to. */
    UNROUTABLE,
    /** A posted request that the IOMMU refuses or that no memory answers. */
    REFUSED,
    /** A completion, group response or invalidation that answers nothing outstanding. */
    UNEXPECTED,
    /** A request that the receiver does not support, posted or not. */
    UNSUPPORTED_REQUEST,
    /** Data that is marked as wrong. */
    POISONED,
    /** Access control services do not let it in. */
    ACCESS_CONTROL,
    /** A packet with a PASID at a port that blocks prefixes. */
    PREFIX_BLOCKED;

    private static final DropReason[] ALL = values();

    /** The reason with this field value. */
    public static DropReason of(long code) {
        return ALL[(int) code];
    }
}
