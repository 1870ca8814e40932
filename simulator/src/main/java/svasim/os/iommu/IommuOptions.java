package svasim.os.iommu;

/**
 * What an administrator chooses of the IOMMU drivers; absent keys take these defaults.
 *
 * @param unmapping when the DMA API invalidates what it unmaps
 * @param hypothetical whether drivers offer what those of Linux lack, labelled so in the results:
 *     page requests (PRI) with an SMMUv3
 */
public record IommuOptions(Unmapping unmapping, Boolean hypothetical) {
    /** When the DMA API invalidates what it unmaps. */
    public enum Unmapping {
        /** Before the unmap returns. */
        STRICT,
        /** Later, for many at once; until then the device may still reach the memory. */
        LAZY
    }

    public IommuOptions {
        unmapping = unmapping == null ? Unmapping.STRICT : unmapping;
        hypothetical = hypothetical == null || hypothetical;
    }

    public static IommuOptions defaults() {
        return new IommuOptions(null, null);
    }
}
