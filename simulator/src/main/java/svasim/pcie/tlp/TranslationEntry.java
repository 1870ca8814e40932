package svasim.pcie.tlp;

/**
 * One 64-bit entry of a Translation Completion (PCI Express Base, 10.2.3), and the size code that
 * it shares with Invalidate Requests.
 */
public final class TranslationEntry {
    public static final long READ = 1;
    public static final long WRITE = 1 << 1;
    public static final long UNTRANSLATED_ONLY = 1 << 2;
    public static final long EXECUTE = 1 << 3;
    public static final long PRIVILEGED = 1 << 4;
    public static final long GLOBAL = 1 << 5;
    public static final long NON_SNOOPED = 1 << 10;
    public static final long SIZE = 1 << 11;

    /** Page shift that stands for the whole address space in an Invalidate Request. */
    public static final int EVERYTHING = 64;

    private static final int PAGE_SHIFT = 12;

    private TranslationEntry() {}

    /**
     * Address bits 63:12 with size code and S for a range of 2^shift bytes.
     *
     * @param base any address in the range
     * @param shift 12 to 63, or {@link #EVERYTHING}
     */
    public static long range(long base, int shift) {
        if (shift == PAGE_SHIFT) {
            return base & -1L << PAGE_SHIFT;
        }
        if (shift >= EVERYTHING) {
            return (Long.MAX_VALUE & -1L << PAGE_SHIFT) | SIZE;
        }
        long code = (1L << shift - 1) - (1L << PAGE_SHIFT);
        return base & -1L << shift | code | SIZE;
    }

    /** log2 of the size of the range; {@link #EVERYTHING} for the whole address space. */
    public static int shift(long entry) {
        if ((entry & SIZE) == 0) {
            return PAGE_SHIFT;
        }
        return PAGE_SHIFT + 1 + Long.numberOfTrailingZeros(~(entry >>> PAGE_SHIFT));
    }

    /** First address of the range. */
    public static long base(long entry) {
        int shift = shift(entry);
        return shift >= EVERYTHING ? 0 : entry & -1L << shift;
    }
}
