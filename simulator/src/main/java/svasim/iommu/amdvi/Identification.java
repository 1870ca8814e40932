package svasim.iommu.amdvi;

import svasim.iommu.core.RegisterBlock;

/** The extended feature register (1.3); read only. */
final class Identification implements RegisterBlock {
    private final Features features;

    Identification(Features features) {
        this.features = features;
    }

    @Override
    public boolean has(int offset) {
        return (offset & -Long.BYTES) == RegisterOffset.EXTENDED_FEATURE;
    }

    @Override
    public int read(int offset) {
        boolean low = offset == RegisterOffset.EXTENDED_FEATURE;
        return (int) (low ? features.register() : features.register() >>> Integer.SIZE);
    }

    @Override
    public void write(int offset, int value) {}
}
