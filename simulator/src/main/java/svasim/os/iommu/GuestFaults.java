package svasim.os.iommu;

/**
 * Takes the page requests that a device makes for a guest, whose system has to answer them: those
 * of an assigned device, and those with a PASID that shows a {@link NestedSpace}.
 */
@FunctionalInterface
public interface GuestFaults {
    /**
     * A request has come; it may be followed by others of its group. Behind the last one an answer
     * is due, by {@link IommuDriver#respond} with {@link PageGroup#answering}: who takes it answers
     * it, also when the guest is gone.
     */
    void take(PageRequest request);
}
