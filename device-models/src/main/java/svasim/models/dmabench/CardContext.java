package svasim.models.dmabench;

import svasim.os.iommu.DmaBuffer;
import svasim.os.sva.Bond;

/** What the driver keeps for the file that has the card. */
final class CardContext {
    private Bond bond;
    private DmaBuffer window;
    private DmaBuffer ring;
    private long address;
    private long bytes;
    private boolean running;
    private boolean mapped;
    private boolean started;

    /** The bond with the opener's address space; null if the DMA API is used. */
    Bond bond() {
        return bond;
    }

    void bond(Bond made) {
        bond = made;
    }

    /** Memory of the DMA API to be measured, or null. */
    DmaBuffer window() {
        return window;
    }

    void window(DmaBuffer buffer) {
        window = buffer;
    }

    /** What is measured lies here, in the opener's address space. */
    void window(long bufferAddress, long bufferBytes) {
        address = bufferAddress;
        bytes = bufferBytes;
    }

    long address() {
        return window == null ? address : window.iova();
    }

    /** Bytes to be measured. */
    long bytes(DmaBenchConfig config) {
        return window == null ? bytes : config.window().bytes();
    }

    /** The card's own queues, or null. */
    DmaBuffer ring() {
        return ring;
    }

    void ring(DmaBuffer buffer) {
        ring = buffer;
    }

    /**
     * @return false if the registers were mapped before
     */
    boolean mapOnce() {
        boolean first = !mapped;
        mapped = true;
        return first;
    }

    /** Whether the queue takes work (UACCE_Q_STARTED). */
    boolean isStarted() {
        return started;
    }

    void startQueue() {
        started = true;
    }

    /** Whether a measurement has been started and its end not been seen. */
    boolean isRunning() {
        return running;
    }

    void running(boolean now) {
        running = now;
    }
}
