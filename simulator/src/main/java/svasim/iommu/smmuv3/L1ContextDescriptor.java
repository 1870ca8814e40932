package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/** First-level descriptor of a two-level table of context descriptors, 8 bytes (5.3). */
final class L1ContextDescriptor {
    static final int BYTES = 8;

    private L1ContextDescriptor() {}

    static boolean valid(long word) {
        return Bits.bit(word, 0);
    }

    static long table(long word) {
        return Bits.inPlace(word, 55, 12);
    }
}
