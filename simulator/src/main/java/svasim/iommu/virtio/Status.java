package svasim.iommu.virtio;

/** Status of a request; the ordinal is the code (reference virtio-iommu.md 3). */
enum Status {
    OK,
    IOERR,
    UNSUPP,
    DEVERR,
    INVAL,
    RANGE,
    NOENT,
    FAULT,
    NOMEM
}
