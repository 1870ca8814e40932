package svasim.iommu.core;

/** Where walks find the tables. */
public enum WalkReads {
    DRAM,
    /** The walker is coherent and software's writes stay in the last-level cache. */
    LLC
}
