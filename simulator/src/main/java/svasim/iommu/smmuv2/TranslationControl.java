package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.paging.Granule;

/**
 * Bits of a bank's TCR and TCR2 (reference smmuv2.md 3); the granule of the second half is coded as
 * in VMSAv8-64.
 */
public final class TranslationControl {
    /** Smallest and largest TxSZ that exist. */
    private static final int LARGEST_INPUT = 16;

    private static final int SMALLEST_INPUT = 39;

    /** SEP: the sign is the highest bit that comes from upstream. */
    private static final int SEP_UPSTREAM = 7;

    private static final int[] SIGN_BITS = {31, 35, 39, 41, 43, 47, 47};

    private static final int NO_TTBR0 = 1 << 7;
    private static final int NO_TTBR1 = 1 << 23;

    /** Walks are write-back, inner shareable. */
    private static final int WALKS_CACHEABLE = 1 << 8 | 1 << 10 | 3 << 12;

    private static final int SL0_LEVEL_1 = 1 << 6;
    private static final int OUTPUT_SIZE_SHIFT = 16;
    private static final int WIDE_ASID = 1 << 4;
    private static final int SEP_SHIFT = 15;

    private TranslationControl() {}

    /** TCR of stage 1: tables of 4 KiB in the lower half only. */
    public static int lowerHalf(int inputBits) {
        return Long.SIZE - inputBits | WALKS_CACHEABLE | NO_TTBR1;
    }

    /** TCR of stage 2: tables of 4 KiB from level 1 on. */
    public static int fromLevel1(int inputBits, int outputSizeCode) {
        return Long.SIZE - inputBits
                | SL0_LEVEL_1
                | WALKS_CACHEABLE
                | outputSizeCode << OUTPUT_SIZE_SHIFT;
    }

    /** The same TCR of stage 1 with nothing walked. */
    public static int withoutWalks(int tcr) {
        return tcr | NO_TTBR0;
    }

    /** TCR2: ASIDs of 16 bits, the sign as it comes from upstream. */
    public static int wide(int outputSizeCode) {
        return outputSizeCode | WIDE_ASID | SEP_UPSTREAM << SEP_SHIFT;
    }

    /** Input bits of a half, 64 - TxSZ; 0 if there is no such size. */
    static int inputBits(int tcr, int half) {
        int size = half == 0 ? Bits.small(tcr, 5, 0) : Bits.small(tcr, 21, 16);
        return size < LARGEST_INPUT || size > SMALLEST_INPUT ? 0 : Long.SIZE - size;
    }

    /** EPD: nothing is walked. */
    static boolean walksDisabled(int tcr, int half) {
        return (tcr & (half == 0 ? NO_TTBR0 : NO_TTBR1)) != 0;
    }

    /** TG0 or TG1; null if the code is reserved. */
    static Granule granule(int tcr, int half) {
        return half == 0 ? granule0(Bits.small(tcr, 15, 14)) : granule1(Bits.small(tcr, 31, 30));
    }

    private static Granule granule0(int code) {
        return switch (code) {
            case 0 -> Granule.KIB_4;
            case 1 -> Granule.KIB_64;
            case 2 -> Granule.KIB_16;
            default -> null;
        };
    }

    private static Granule granule1(int code) {
        return switch (code) {
            case 1 -> Granule.KIB_16;
            case 2 -> Granule.KIB_4;
            case 3 -> Granule.KIB_64;
            default -> null;
        };
    }

    /** A1: the ASID stands in TTBR1. */
    static boolean asidInSecond(int tcr) {
        return Bits.bit(tcr, 22);
    }

    /** Code of the output size of stage 2. */
    static int stage2OutputSize(int tcr) {
        return Bits.small(tcr, 18, 16);
    }

    /** SL0 of stage 2. */
    static int startLevel(int tcr) {
        return Bits.small(tcr, 7, 6);
    }

    /** Code of the output size of stage 1. */
    static int outputSize(int tcr2) {
        return Bits.small(tcr2, 3, 0);
    }

    /** AS: ASIDs have 16 bits. */
    static boolean wideAsid(int tcr2) {
        return Bits.bit(tcr2, 4);
    }

    /** Position of the sign of an input address. */
    static int signBit(int tcr2, int upstreamBits) {
        int code = Bits.small(tcr2, 17, 15);
        int upstream = upstreamBits - 1;
        return code == SEP_UPSTREAM ? upstream : Math.min(SIGN_BITS[code], upstream);
    }
}
