package svasim.models.gpu.device;

import svasim.device.DeviceHost;
import svasim.models.gpu.config.GpuConfig;

/** What the hardware tells software of on its own account. */
final class Reports {
    private final InterruptRing ring;
    private final Faults faults;
    private final AccessCounters counters;

    Reports(GpuConfig config, DeviceHost host, InterruptRing ring) {
        this.ring = ring;
        faults = new Faults(host, ring);
        counters = new AccessCounters(config.local(), host, ring);
    }

    InterruptRing ring() {
        return ring;
    }

    Faults faults() {
        return faults;
    }

    AccessCounters counters() {
        return counters;
    }

    void reset() {
        faults.reset();
        counters.reset();
    }
}
