package svasim.bench.chain;

/** The IOMMU that stands in the way. */
public enum ChainUnit {
    VTD,
    SMMUV3,
    AMDVI
}
