package svasim.iommu.amdvi;

import svasim.iommu.core.SlowTranslator;
import svasim.iommu.core.SlowX86;
import svasim.memory.PhysicalMemory;

/** Guest tables that a GCR3 table of two levels names, all over host tables (amdvi.md, 3). */
record SlowGuestTables(PhysicalMemory memory, long gcr3, int pasid, SlowTranslator host)
        implements SlowTranslator {
    private static final long ADDRESS = 0x000F_FFFF_FFFF_F000L;

    /** All but V, the address and PWT and PCD. */
    private static final long RESERVED = ~(ADDRESS | 1 | 3 << 3);

    @Override
    public long translate(long address, boolean write) {
        long upper = memory.readLong(gcr3 + (pasid >>> 9) * 8L);
        long at = host.translate((upper & ADDRESS) + (pasid & 0x1FF) * 8L, false);
        if (at == REFUSED || !memory.answers(at, 8)) {
            return REFUSED;
        }
        long entry = memory.readLong(at);
        boolean legal = (entry & 1) == 1 && (entry & RESERVED) == 0;
        return legal
                ? new SlowX86(memory, entry & ADDRESS, 4, host).translate(address, write)
                : REFUSED;
    }
}
