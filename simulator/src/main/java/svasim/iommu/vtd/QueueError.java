package svasim.iommu.vtd;

/** Causes of a stop of the invalidation queue; the ordinal is IQEI (VT-d 5.10, 11.4.10.5). */
enum QueueError {
    NO_DETAIL,
    TAIL_OUTSIDE,
    FETCH_FAILED,
    TYPE_INVALID,
    RESERVED_FIELD,
    WIDTH_INVALID,
    TAIL_UNALIGNED,
    TABLE_MODE_INVALID
}
