package svasim.iommu.vtd;

/** How a device is told of a fault (reference vtd.md, 5). */
enum Answer {
    UNSUPPORTED_REQUEST,
    COMPLETER_ABORT,
    /** Success without any permission: the device may ask for the page. Not recorded. */
    NO_ACCESS,
    /** As {@link #NO_ACCESS}, but recorded. */
    NO_ACCESS_RECORDED
}
