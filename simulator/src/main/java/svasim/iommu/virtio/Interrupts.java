package svasim.iommu.virtio;

import svasim.iommu.core.InterruptWire;
import svasim.iommu.core.Surroundings;

/** InterruptStatus and its wire, number 0 (virtio 1.2, 4.2.2). */
final class Interrupts {
    /** Buffers were given back. */
    static final int USED_BUFFER = 1;

    /** The device's status has changed. */
    static final int CONFIGURATION = 1 << 1;

    private final InterruptWire wire;
    private int status;

    Interrupts(Surroundings around) {
        wire = new InterruptWire(around, () -> 0);
    }

    void raise(int cause) {
        status |= cause;
        wire.level(true);
    }

    int status() {
        return status;
    }

    void acknowledge(int causes) {
        status &= ~causes;
        wire.level(status != 0);
    }
}
