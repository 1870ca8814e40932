package svasim.iommu.virtio;

/** Feature bits of the device (reference virtio-iommu.md 1), and the one of virtio it needs. */
enum Feature {
    INPUT_RANGE(0),
    DOMAIN_RANGE(1),
    MAP_UNMAP(2),
    BYPASS(3),
    PROBE(4),
    MMIO(5),
    BYPASS_CONFIG(6),
    /** Not a legacy device. */
    VERSION_1(32);

    private final int position;

    Feature(int position) {
        this.position = position;
    }

    int position() {
        return position;
    }

    boolean in(long features) {
        return (features >>> position & 1) != 0;
    }
}
