package svasim.iommu.virtio;

import svasim.units.Require;

/**
 * Addresses that software must not map (RESV_MEM, reference virtio-iommu.md 4).
 *
 * @param start first address
 * @param end last address
 * @param doorbell whether accesses are interrupt messages, which pass unchanged; else they fault
 * @source start, end, doorbell: the scenario says so
 */
public record ReservedRegion(Long start, Long end, Boolean doorbell) {
    public ReservedRegion {
        start = start == null ? 0 : start;
        end = end == null ? start : end;
        doorbell = doorbell != null && doorbell;
        Require.that(Long.compareUnsigned(end, start) >= 0, "end", end, "at least start");
    }

    boolean holds(long address) {
        return meets(address, address);
    }

    /** Whether an address of the range, both ends included, is reserved. */
    boolean meets(long first, long last) {
        return Long.compareUnsigned(first, end) <= 0 && Long.compareUnsigned(last, start) >= 0;
    }
}
