package svasim.os.mm;

import svasim.cpu.Architecture;

/** Upper bits of the addresses of programs that the cores ignore, so that programs may use them. */
public enum AddressTags {
    NONE(Long.SIZE, Long.SIZE - 1, null),
    /** Linear address masking of bits 62 to 48; Linux does not offer it. */
    LAM_U48(48, 62, Architecture.X86_64),
    /** Linear address masking of bits 62 to 57 (ARCH_ENABLE_TAGGED_ADDR). */
    LAM_U57(57, 62, Architecture.X86_64),
    /** Top byte ignore, bits 63 to 56: TCR_EL1.TBI0, which Linux always sets. */
    TBI(56, 63, Architecture.AARCH64);

    private final int lowest;
    private final long mask;
    private final Architecture architecture;

    AddressTags(int lowest, int highest, Architecture architecture) {
        this.lowest = lowest;
        this.mask = lowest == Long.SIZE ? 0 : -1L << lowest & -1L >>> Long.SIZE - 1 - highest;
        this.architecture = architecture;
    }

    /** Whether cores of an architecture can do so. */
    boolean isOf(Architecture cores) {
        return architecture == null || architecture == cores;
    }

    /** The address of a program with its tag replaced; bits that are too many for it are lost. */
    long tagged(long va, long tag) {
        return mask == 0 ? va : va & ~mask | tag << lowest & mask;
    }

    /** What a core uses in place of the address of a program: no bit of the tag is set. */
    long untagged(long va) {
        return va & ~mask;
    }
}
