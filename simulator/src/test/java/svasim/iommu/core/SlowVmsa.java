package svasim.iommu.core;

import svasim.memory.PhysicalMemory;

/**
 * VMSAv8-64 tables of 4 KiB and 48 bits of output, as the references of both SMMUs have them.
 *
 * @param bits of the input: 48 begins at level 0, 39 at level 1
 * @param second second stage, whose permissions lie elsewhere
 * @param below translates the addresses in the tables; identity if there is one stage only
 */
public record SlowVmsa(
        PhysicalMemory memory, long root, int bits, boolean second, SlowTranslator below)
        implements SlowTranslator {
    private static final long ADDRESS = 0x0000_FFFF_FFFF_F000L;
    private static final long ACCESSED = 1 << 10;

    @Override
    public long translate(long address, boolean write) {
        if (address >>> bits != 0) {
            return REFUSED;
        }
        long table = root;
        boolean permitted = true;
        for (int shift = bits - 9; shift >= 12; shift -= 9) {
            long at = below.translate(table + (address >>> shift & 0x1FF) * 8, false);
            if (at == REFUSED || !memory.answers(at, 8)) {
                return REFUSED;
            }
            long entry = memory.readLong(at);
            boolean block = (entry & 2) == 0;
            if ((entry & 1) == 0 || block && (shift == 12 || shift > 30)) {
                return REFUSED;
            }
            if (block || shift == 12) {
                boolean refused =
                        (entry & ACCESSED) == 0 || !permitted || !leafPermits(entry, write);
                long low = (1L << shift) - 1;
                return refused
                        ? REFUSED
                        : below.translate(entry & ADDRESS & ~low | address & low, write);
            }
            permitted &= second || (entry >>> 61 & 1) == 0 && (!write || (entry >>> 62 & 1) == 0);
            table = entry & ADDRESS;
        }
        return REFUSED;
    }

    private boolean leafPermits(long entry, boolean write) {
        if (second) {
            return (entry >>> (write ? 7 : 6) & 1) == 1;
        }
        return (entry >>> 6 & 1) == 1 && (!write || (entry >>> 7 & 1) == 0);
    }
}
