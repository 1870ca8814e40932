package svasim.iommu.vtd;

/** Value of IQA (VT-d 5.10, 11.4.10.3). */
public final class InvalidationQueueBase {
    /** DW: descriptors of 256 bits. */
    static final long WIDE = 1 << 11;

    private InvalidationQueueBase() {}

    /** A ring of one page. */
    public static long of(long address, boolean wide) {
        return address | (wide ? WIDE : 0);
    }
}
