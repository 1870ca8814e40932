package svasim.iommu.core;

/**
 * Result of a look-up that was made at once.
 *
 * @param faultCode the unit's own fault code, or {@link #NONE} if the request is translated
 * @param address output address of the request's byte, if translated
 * @param pageShift log2 of the smallest leaf on the way
 * @param permissions bits of {@link svasim.paging.Access} that the tables grant
 * @param leaf last leaf entry that was read, 0 if nothing was walked
 * @param tag domain ID or ASID/VMID that the translation is tagged with; -1 if none
 */
public record Explanation(
        int faultCode, long address, int pageShift, int permissions, long leaf, int tag) {
    public static final int NONE = -1;

    public boolean translated() {
        return faultCode == NONE;
    }
}
