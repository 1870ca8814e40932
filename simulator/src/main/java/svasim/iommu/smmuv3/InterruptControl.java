package svasim.iommu.smmuv3;

/** IRQ_CTRL (6.3.16); IRQ_CTRLACK follows at once. */
final class InterruptControl {
    private long enables;

    long enables() {
        return enables;
    }

    void enables(long value) {
        enables = value & Interrupt.ENABLES;
    }

    boolean enabled(Interrupt interrupt) {
        return (enables & interrupt.enable()) != 0;
    }
}
