package svasim.iommu.vtd;

import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/**
 * PMEN and the low and high protected region (reference vtd.md, 1.1). Requests that no table
 * translates do not reach a region: all while translation is off, pass-through and translated ones
 * otherwise. Of requests through tables the tables alone decide. Layout and rule are general
 * knowledge of VT-d, as is that nothing is recorded.
 *
 * <p>Regions are multiples of 2 MiB: lower bits of a base are 0, of a limit 1. Base and limit do
 * not change while protection is on.
 */
final class ProtectedMemory implements RegisterBlock {
    private static final int END = 0x80;

    private static final int ENABLED = 1 << 31;
    private static final int ON = 1;
    private static final long REGION = -1L << 21;
    private static final long LOW = 0xFFFF_FFFFL;
    private static final long LOW_REGION = LOW & REGION;

    private final boolean hasLow;
    private final boolean hasHigh;

    /** Base in the lower half, limit in the upper. */
    private final Register64 low = new Register64(LOW_REGION << Integer.SIZE | LOW_REGION);

    private final Register64 highBase;
    private final Register64 highLimit;
    private boolean enabled;

    ProtectedMemory(Capabilities capabilities) {
        hasLow = capabilities.has("CAP.PLMR");
        hasHigh = capabilities.has("CAP.PHMR");
        highBase = new Register64(REGION & ~capabilities.aboveHost());
        highLimit = new Register64(REGION & ~capabilities.aboveHost());
    }

    @Override
    public boolean has(int offset) {
        return hasLow && (offset == RegisterOffset.PLMBASE || offset == RegisterOffset.PLMLIMIT)
                || hasHigh && offset >= RegisterOffset.PHMBASE && offset < END
                || (hasLow || hasHigh) && offset == RegisterOffset.PMEN;
    }

    @Override
    public int read(int offset) {
        return offset == RegisterOffset.PMEN
                ? enabled ? ENABLED | ON : 0
                : register(offset).half(offset);
    }

    @Override
    public void write(int offset, int value) {
        if (offset == RegisterOffset.PMEN) {
            enabled = (value & ENABLED) != 0;
        } else if (!enabled) {
            register(offset).half(offset, value);
        }
    }

    /** Whether the host address lies in a region, and protection is on. */
    boolean holds(long address) {
        return enabled
                && (hasLow && within(address, low.value() & LOW, low.value() >>> Integer.SIZE)
                        || hasHigh && within(address, highBase.value(), highLimit.value()));
    }

    private static boolean within(long address, long base, long limit) {
        return Long.compareUnsigned(address, base) >= 0
                && Long.compareUnsigned(address, limit | ~REGION) <= 0;
    }

    private Register64 register(int offset) {
        return switch (offset & -Long.BYTES) {
            case RegisterOffset.PLMBASE -> low;
            case RegisterOffset.PHMBASE -> highBase;
            default -> highLimit;
        };
    }
}
