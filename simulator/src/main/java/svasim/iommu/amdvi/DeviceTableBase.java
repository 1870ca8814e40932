package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;

/** Base register of the device table or of a segment of it (1.1). */
public final class DeviceTableBase {
    private static final int PAGE_SHIFT = 12;

    private DeviceTableBase() {}

    /**
     * @param pages length of the table
     */
    public static long of(long table, int pages) {
        return table | pages - 1;
    }

    static long table(long register) {
        return Bits.inPlace(register, 51, PAGE_SHIFT);
    }

    static long bytes(long register) {
        return Bits.field(register, 8, 0) + 1 << PAGE_SHIFT;
    }
}
