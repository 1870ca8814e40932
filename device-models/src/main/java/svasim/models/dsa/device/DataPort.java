package svasim.models.dsa.device;

import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.units.Bandwidth;

/** The way of the device to memory: pieces of all engines pass one after the other. */
final class DataPort {
    private final Kernel kernel;
    private final Bandwidth bandwidth;
    private long freePs;

    DataPort(Kernel kernel, Bandwidth bandwidth) {
        this.kernel = kernel;
        this.bandwidth = bandwidth;
    }

    /** Calls the handler when a piece has passed. */
    void pass(int bytes, EventHandler whenPassed) {
        freePs = Math.max(kernel.nowPs(), freePs) + bandwidth.transferPs(bytes);
        kernel.at(freePs, whenPassed, 0, bytes);
    }

    /** What was about to pass does not hold up what comes. */
    void reset() {
        freePs = 0;
    }
}
