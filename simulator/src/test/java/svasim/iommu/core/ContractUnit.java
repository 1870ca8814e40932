package svasim.iommu.core;

/**
 * A unit as {@link IommuContract} needs it: one function whose PASIDs have page tables of 4 KiB
 * pages, and a command queue. Methods that write tables or commands do not let time pass.
 */
public interface ContractUnit extends TableUnit {
    int requesterId();

    @Override
    default int requesterId(int space) {
        return requesterId();
    }

    @Override
    default int pasid(int space) {
        return space;
    }

    /** Lets the unit remove a page from the device's cache, and wait. */
    void invalidateDevicePage(int pasid, long iova);

    /** Number of page requests that software finds in the queue. */
    int pageRequests();

    /** Answers a page request group with success. */
    void respond(int pasid, int group);

    /** Lets the unit write every page request that has arrived to the queue, and wait. */
    default void drainPageRequests(int pasid) {
        invalidateDevicePage(pasid, 0);
    }

    /** Software's recovery from a queue of page requests that has overflowed; it is empty then. */
    void recoverPageRequests();

    /** Whether the unit answers a page request that finds no room in the queue. */
    default boolean answersOverflow() {
        return true;
    }
}
