package svasim.os.iommu;

/** How the workers that resolve page request groups are shared. */
public enum FaultQueue {
    /** One work queue for all PASIDs of a unit, as in Linux: who drains waits for all of them. */
    SHARED,
    /**
     * One work queue and one worker for each PASID, which no kernel has: nobody waits for another
     * PASID.
     */
    PASID
}
