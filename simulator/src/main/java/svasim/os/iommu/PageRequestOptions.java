package svasim.os.iommu;

import svasim.units.Require;

/**
 * What an administrator chooses of page requests; absent keys take the values of each driver.
 *
 * @param entries entries of the queue in memory, rounded up to the next size that the unit can
 *     have: 2048 on VT-d, 512 on AMD-Vi, 128 on SMMUv3 if absent
 * @param allocation requests that each device may have open: 2048 on VT-d, 32 elsewhere if absent
 * @param groups complete groups of a unit that there is memory for at once; absent for any number
 * @param automatic whether an AMD-Vi that can answers what its log has no room for, which the Linux
 *     driver does not switch on
 */
public record PageRequestOptions(
        Integer entries, Integer allocation, Integer groups, Boolean automatic) {
    public PageRequestOptions {
        automatic = automatic != null && automatic;
        if (entries != null) {
            Require.range("entries", entries, 1, 1 << 15);
        }
        if (allocation != null) {
            Require.positive("allocation", allocation);
        }
        if (groups != null) {
            Require.positive("groups", groups);
        }
    }

    /** What drivers choose. */
    public PageRequestOptions() {
        this(null, null, null, null);
    }

    /** log2 of the entries of a queue, or of as many as a driver takes. */
    public int log2Entries(int usual) {
        return Integer.SIZE - Integer.numberOfLeadingZeros((entries == null ? usual : entries) - 1);
    }

    /** Requests that a device may have open, or as many as a driver allows. */
    public int allocation(int usual) {
        return allocation == null ? usual : allocation;
    }

    /** Whether there is memory for one more group. */
    boolean hasRoom(int pending) {
        return groups == null || pending < groups;
    }
}
