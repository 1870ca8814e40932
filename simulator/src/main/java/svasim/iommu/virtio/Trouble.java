package svasim.iommu.virtio;

/** Finds queues that cannot be used; an illegal one makes the device ask for a reset. */
final class Trouble {
    private final DeviceState state;
    private final Interrupts interrupts;

    Trouble(DeviceState state, Interrupts interrupts) {
        this.state = state;
        this.interrupts = interrupts;
    }

    Interrupts interrupts() {
        return interrupts;
    }

    /** Whether the device works on a queue; one that does not lie in memory is broken. */
    boolean usable(VirtQueue queue) {
        boolean on = state.live() && queue.ready();
        if (on && !queue.intact()) {
            brokenQueue();
            return false;
        }
        return on;
    }

    /** A queue or buffer is not legal (virtio 1.2, 2.1.2). */
    void brokenQueue() {
        state.needsReset();
        interrupts.raise(Interrupts.CONFIGURATION);
    }
}
