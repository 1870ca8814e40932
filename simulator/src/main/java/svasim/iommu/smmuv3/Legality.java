package svasim.iommu.smmuv3;

/** Limits of input and output sizes that stream table entries and contexts share (3.4.1). */
final class Legality {
    /** Output size from which the 64 KiB granule holds wide addresses. */
    static final int WIDE_BITS = 52;

    private static final int LITTLE_ENDIAN_ONLY = 2;
    private static final int BIG_ENDIAN_ONLY = 3;
    private static final int BITS_WITHOUT_DS = 48;
    private static final int SHIFT_64K = 16;
    private static final int MAX_TSZ = 39;
    private static final int MAX_TSZ_SMALL_TABLES = 48;
    private static final int MAX_TSZ_SMALL_TABLES_64K = 47;

    private Legality() {}

    /** Whether TTENDIAN offers tables of this endianness. */
    static boolean endianness(boolean big, Features features) {
        return features.get(IdField.TTENDIAN) != (big ? LITTLE_ENDIAN_ONLY : BIG_ENDIAN_ONLY);
    }

    static int maximumTsz(int granuleShift, Features features) {
        if (!features.has(IdField.STT)) {
            return MAX_TSZ;
        }
        return granuleShift == SHIFT_64K ? MAX_TSZ_SMALL_TABLES_64K : MAX_TSZ_SMALL_TABLES;
    }

    /** Whether tables of this granule can hold addresses of more than 48 bits. */
    static boolean wideAddresses(int granuleShift, boolean ds, Features features) {
        return granuleShift == SHIFT_64K || ds && features.has(IdField.DS);
    }

    /** Effective output size of one stage, from its coded size. */
    static int outputBits(int code, int granuleShift, boolean ds, Features features) {
        int bits = features.cappedBits(code);
        return wideAddresses(granuleShift, ds, features) ? bits : Math.min(bits, BITS_WITHOUT_DS);
    }

    static boolean fits(long address, int bits) {
        return address >>> bits == 0;
    }
}
