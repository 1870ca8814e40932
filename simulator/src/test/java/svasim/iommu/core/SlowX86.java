package svasim.iommu.core;

import svasim.memory.PhysicalMemory;

/**
 * x86-64 tables of 4 or 5 levels (vtd.md 4.1, amdvi.md 4.2), whose accessed and dirty bits hardware
 * sets.
 *
 * @param below translates the addresses in the tables; identity if there is one stage only
 */
public record SlowX86(PhysicalMemory memory, long root, int levels, SlowTranslator below)
        implements SlowTranslator {
    private static final long ADDRESS = 0x000F_FFFF_FFFF_F000L;

    @Override
    public long translate(long address, boolean write) {
        int unused = 64 - (12 + 9 * levels);
        if (address << unused >> unused != address) {
            return REFUSED;
        }
        long table = root;
        boolean permitted = true;
        for (int level = levels; level >= 1; level--) {
            int shift = 12 + 9 * (level - 1);
            long slot = table + (address >>> shift & 0x1FF) * 8;
            long at = below.translate(slot, false);
            if (at == REFUSED || !memory.answers(at, 8)) {
                return REFUSED;
            }
            long entry = memory.readLong(at);
            boolean leaf = level == 1 || (entry >>> 7 & 1) == 1;
            long low = (1L << shift) - 1;
            boolean reserved = leaf && (level > 3 || level > 1 && (entry & low & ~0x1FFF) != 0);
            permitted &= (entry & 4) != 0 && (!write || (entry & 2) != 0);
            if ((entry & 1) == 0 || reserved || leaf && !permitted) {
                return REFUSED;
            }
            boolean marked = (entry & 1 << 5) != 0 && (!leaf || !write || (entry & 1 << 6) != 0);
            if (!marked && below.translate(slot, true) == REFUSED) {
                return REFUSED;
            }
            if (leaf) {
                return below.translate(entry & ADDRESS & ~low | address & low, write);
            }
            table = entry & ADDRESS;
        }
        return REFUSED;
    }
}
