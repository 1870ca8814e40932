package svasim.pcie.fabric;

import svasim.pcie.config.PcieError;

/** Why a packet was thrown away; the ordinal is field {@code reason} of {@code TLP_DROPPED}. */
public enum DropReason {
    /** A prefix at a port without End-End TLP Prefix Supported: malformed there. */
    PREFIX_NOT_SUPPORTED(PcieError.MALFORMED_TLP),
    /** Nobody has the requester ID or the address that it goes to. */
    UNROUTABLE(PcieError.UNSUPPORTED_REQUEST),
    /** A posted request that the IOMMU refuses or that no memory answers; the IOMMU has its log. */
    REFUSED(null),
    /** A completion, group response or invalidation that answers nothing outstanding. */
    UNEXPECTED(PcieError.UNEXPECTED_COMPLETION),
    /** A request that the receiver does not support, posted or not. */
    UNSUPPORTED_REQUEST(PcieError.UNSUPPORTED_REQUEST),
    /** Data that is marked as wrong. */
    POISONED(PcieError.POISONED_TLP),
    /** Access control services do not let it in. */
    ACCESS_CONTROL(PcieError.ACS_VIOLATION),
    /** A packet with a PASID at a port that blocks prefixes. */
    PREFIX_BLOCKED(PcieError.PREFIX_BLOCKED),
    /** Its fields contradict each other, or the rules. */
    MALFORMED(PcieError.MALFORMED_TLP),
    /** A request that the receiver understands and cannot carry out. */
    COMPLETER_ABORT(PcieError.COMPLETER_ABORT),
    /** It vanishes without anybody noticing. */
    LOST(null);

    private static final DropReason[] ALL = values();

    private final PcieError error;

    DropReason(PcieError error) {
        this.error = error;
    }

    /** What it is to the receiver's error registers; null if it is no error there. */
    public PcieError error() {
        return error;
    }

    /** The reason with this field value. */
    public static DropReason of(long code) {
        return ALL[(int) code];
    }
}
