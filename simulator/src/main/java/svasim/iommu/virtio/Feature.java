package svasim.iommu.virtio;

/** Feature bits of the device (reference virtio-iommu.md 1), and the one of virtio it needs. */
public enum Feature {
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

    /** Every feature of the device besides the old {@link #BYPASS}, lower half. */
    public static int modern() {
        int all = 0;
        for (Feature feature : values()) {
            all |= feature.position < Integer.SIZE && feature != BYPASS ? 1 << feature.position : 0;
        }
        return all;
    }

    int position() {
        return position;
    }

    public boolean in(long features) {
        return (features >>> position & 1) != 0;
    }
}
