package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.paging.Access;

/** S2CRn: what becomes of a stream (reference smmuv2.md 1). */
public final class StreamToContext {
    static final int TRANSLATE = 0;
    static final int BYPASS = 1;

    private static final int UNPRIVILEGED = 2;
    private static final int PRIVILEGED = 3;
    private static final int EXIDVALID = 10;

    private static final int FAULT = 2;
    private static final int TYPE_SHIFT = 16;

    private StreamToContext() {}

    /** A context bank translates. */
    public static int translatedBy(int bank) {
        return TRANSLATE << TYPE_SHIFT | bank;
    }

    /** Addresses pass unchanged. */
    public static int bypassing() {
        return BYPASS << TYPE_SHIFT;
    }

    /** Everything faults. */
    public static int faulting() {
        return FAULT << TYPE_SHIFT;
    }

    /** The same, in use where extended stream IDs are matched. */
    public static int withExtendedValid(int register) {
        return register | 1 << EXIDVALID;
    }

    /** CBNDX. */
    static int bank(int register) {
        return Bits.small(register, 7, 0);
    }

    /** Whether the group is in use, if extended stream IDs are matched. */
    static boolean extendedValid(int register) {
        return Bits.bit(register, EXIDVALID);
    }

    static int type(int register) {
        return Bits.small(register, 17, 16);
    }

    /**
     * Bits of {@link Access} to walk with, PRIVCFG having its way; an instruction fetch wants
     * nothing but execution.
     */
    static int effective(int register, int access) {
        int privileged =
                switch (Bits.small(register, 25, 24)) {
                    case UNPRIVILEGED -> access & ~Access.PRIVILEGED;
                    case PRIVILEGED -> access | Access.PRIVILEGED;
                    default -> access;
                };
        int kinds = privileged & ~Access.ZERO_LENGTH;
        return (kinds & Access.EXECUTE) != 0 ? kinds & ~Access.READ : kinds;
    }
}
