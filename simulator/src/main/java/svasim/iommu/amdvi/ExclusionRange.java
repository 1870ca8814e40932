package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/**
 * The exclusion range: addresses that pass untranslated, for every device with Allow, else for
 * those whose device table entry has EX (1.1, 2).
 */
final class ExclusionRange implements RegisterBlock {
    private static final long PAGES = 0x000F_FFFF_FFFF_F000L;
    private static final int ENABLE = 0;
    private static final int ALLOW = 1;

    private final Register64 base = new Register64(PAGES | 1 << ENABLE | 1 << ALLOW);
    private final Register64 limit = new Register64(PAGES);

    @Override
    public boolean has(int offset) {
        return offset >= RegisterOffset.EXCLUSION_BASE
                && offset < RegisterOffset.EXCLUSION_LIMIT + Long.BYTES;
    }

    @Override
    public int read(int offset) {
        return register(offset).half(offset);
    }

    @Override
    public void write(int offset, int value) {
        register(offset).half(offset, value);
    }

    private Register64 register(int offset) {
        return offset < RegisterOffset.EXCLUSION_LIMIT ? base : limit;
    }

    /** Whether the range is on and the address lies in it. */
    boolean contains(long address) {
        return Bits.bit(base.value(), ENABLE)
                && Long.compareUnsigned(address, base.value() & PAGES) >= 0
                && Long.compareUnsigned(address, limit.value() | ~PAGES & 0xFFF) <= 0;
    }

    /** Whether the range is excluded for every device. */
    boolean forAll() {
        return Bits.bit(base.value(), ALLOW);
    }
}
