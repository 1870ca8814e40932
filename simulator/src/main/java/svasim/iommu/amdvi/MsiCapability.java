package svasim.iommu.amdvi;

/** First word of the mirror of the MSI capability (1.1). */
public final class MsiCapability {
    public static final int ENABLE = 1 << 16;

    private MsiCapability() {}
}
