package svasim.iommu.virtio;

/** Reason of a fault report; the ordinal is the code (reference virtio-iommu.md 5). */
enum FaultReason {
    /** A request that the device does not know: with a PASID, or claiming to be translated. */
    UNKNOWN,
    /** The endpoint is not attached to a domain. */
    DOMAIN,
    /** Not mapped, or not for this access. */
    MAPPING;

    int code() {
        return ordinal();
    }
}
