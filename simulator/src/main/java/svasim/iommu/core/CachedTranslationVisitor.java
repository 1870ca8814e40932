package svasim.iommu.core;

/** Is shown what a translation cache holds. */
@FunctionalInterface
public interface CachedTranslationVisitor {
    /**
     * @param requesterId of the request that filled the entry
     * @param pasid {@code PasidPrefix.NONE} without
     * @param iova first input address
     * @param pageShift log2 of the size
     * @param outputAddress first output address
     * @param permissions bits of {@link svasim.paging.Access}
     */
    void entry(
            int requesterId,
            int pasid,
            long iova,
            int pageShift,
            long outputAddress,
            int permissions);
}
