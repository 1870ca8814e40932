package svasim.iommu.virtio;

import java.nio.ByteBuffer;

/** RESV_MEM as PROBE tells it (reference virtio-iommu.md 4). */
final class ReservedMemoryProperty {
    private static final short TYPE = 1;
    private static final short LENGTH = 20;
    private static final int RESERVED = 0;
    private static final int DOORBELL = 1;

    private ReservedMemoryProperty() {}

    /** Appends the property of a region. */
    static void put(ReservedRegion region, ByteBuffer to) {
        to.putShort(TYPE)
                .putShort(LENGTH)
                .putInt(region.doorbell() ? DOORBELL : RESERVED)
                .putLong(region.start())
                .putLong(region.end());
    }
}
