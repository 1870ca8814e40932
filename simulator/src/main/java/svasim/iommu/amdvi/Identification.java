package svasim.iommu.amdvi;

import svasim.iommu.core.RegisterBlock;

/** The extended feature registers (1.3); read only. */
final class Identification implements RegisterBlock {
    private final Features features;

    Identification(Features features) {
        this.features = features;
    }

    @Override
    public boolean has(int offset) {
        int register = offset & -Long.BYTES;
        return register == RegisterOffset.EXTENDED_FEATURE
                || register == RegisterOffset.EXTENDED_FEATURE_2;
    }

    @Override
    public int read(int offset) {
        boolean first = (offset & -Long.BYTES) == RegisterOffset.EXTENDED_FEATURE;
        long value = first ? features.register() : features.secondRegister();
        boolean high = (offset & Integer.BYTES) != 0;
        return (int) (high ? value >>> Integer.SIZE : value);
    }

    @Override
    public void write(int offset, int value) {}
}
