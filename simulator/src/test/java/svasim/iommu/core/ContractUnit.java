package svasim.iommu.core;

/**
 * A unit with software's side of it, as {@link IommuContract} needs it: one function whose PASIDs
 * have page tables of 4 KiB pages, and a command queue. Methods that write tables or commands do
 * not let time pass.
 */
public interface ContractUnit {
    UnitBench bench();

    Iommu iommu();

    int requesterId();

    /** Time from a request to its answer when every cache hits. */
    long hitPs();

    /** Gives a PASID empty page tables and makes it valid. */
    void bind(int pasid);

    /** Makes a PASID invalid, in memory. */
    void unbind(int pasid);

    /** Maps a page that was not mapped; no invalidation. */
    void map(int pasid, long iova, long output, int access);

    /** Unmaps a page, in memory. */
    void unmap(int pasid, long iova);

    /** Address of the entry of the first table on the way to a page. */
    long topEntry(int pasid, long iova);

    /** Lets the unit remove one page of a PASID, and wait. */
    void invalidatePage(int pasid, long iova);

    /** Lets the unit remove all translations of a PASID, and wait. */
    void invalidateTranslations(int pasid);

    /** Lets the unit remove the configuration and all translations of a PASID, and wait. */
    void invalidatePasid(int pasid);

    /** Lets the unit remove a page from the device's cache, and wait. */
    void invalidateDevicePage(int pasid, long iova);

    /** Whether the waits after all commands so far have completed. */
    boolean complete();

    /** Number of page requests that software finds in the queue. */
    int pageRequests();

    /** Answers a page request group with success. */
    void respond(int pasid, int group);
}
