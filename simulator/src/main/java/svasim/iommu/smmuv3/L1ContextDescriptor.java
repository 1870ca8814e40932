package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/** First-level descriptor of a two-level table of context descriptors, 8 bytes (5.3). */
public final class L1ContextDescriptor {
    public static final int BYTES = 8;

    private L1ContextDescriptor() {}

    /** Descriptor of a table. */
    public static long of(long table) {
        return table | 1;
    }

    public static boolean valid(long word) {
        return Bits.bit(word, 0);
    }

    public static long table(long word) {
        return Bits.inPlace(word, 55, 12);
    }
}
