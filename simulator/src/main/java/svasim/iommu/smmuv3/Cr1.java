package svasim.iommu.smmuv3;

/** CR1: memory types of tables and queues (6.3.11). */
public final class Cr1 {
    /** Write-back, inner shareable, both. */
    public static final int CACHEABLE = 0b11_01_01_11_01_01;

    /** Every field. */
    static final int FIELDS = 0xFFF;

    private Cr1() {}
}
