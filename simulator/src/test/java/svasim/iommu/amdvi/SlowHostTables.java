package svasim.iommu.amdvi;

import svasim.iommu.core.SlowTranslator;
import svasim.memory.PhysicalMemory;

/**
 * Host tables with skipped levels and coded sizes (amdvi.md, 4.1), without updates of A and D.
 *
 * @param mode levels
 */
record SlowHostTables(PhysicalMemory memory, long root, int mode) implements SlowTranslator {
    private static final long ADDRESS = 0x000F_FFFF_FFFF_F000L;
    private static final long RESERVED = 0x07F0_0000_0000_0000L;

    @Override
    public long translate(long address, boolean write) {
        if (mode < 6 && address >>> 12 + 9 * mode != 0) {
            return REFUSED;
        }
        long table = root;
        int level = mode;
        while (true) {
            int shift = 12 + 9 * (level - 1);
            long at = table + (address >>> shift & 0x1FF) * 8;
            if (!memory.answers(at, 8)) {
                return REFUSED;
            }
            long entry = memory.readLong(at);
            int next = (int) (entry >>> 9) & 7;
            boolean permits = (entry >>> (write ? 62 : 61) & 1) == 1;
            if ((entry & 1) == 0 || (entry & RESERVED) != 0 || !permits) {
                return REFUSED;
            }
            if (next == 0) {
                return level == 6 ? REFUSED : output(entry, address, shift);
            }
            if (next == 7) {
                int size = codedShift(entry);
                boolean legal = size > shift && size < shift + 9 && size <= 52;
                return legal ? output(entry, address, size) : REFUSED;
            }
            if (next >= level || skipped(address, next, level) != 0) {
                return REFUSED;
            }
            table = entry & ADDRESS;
            level = next;
        }
    }

    /** The first 0 from bit 12 on, and one more. */
    private static int codedShift(long entry) {
        int zero = 12;
        while (zero < 52 && (entry >>> zero & 1) == 1) {
            zero++;
        }
        return zero + 1;
    }

    /** Bits of the address that the levels between the two would have looked at. */
    private static long skipped(long address, int next, int level) {
        int low = 12 + 9 * next;
        int high = 12 + 9 * (level - 1);
        return (address & (1L << high) - 1) >>> low;
    }

    private static long output(long entry, long address, int shift) {
        long low = (1L << shift) - 1;
        return entry & ADDRESS & ~low | address & low;
    }
}
