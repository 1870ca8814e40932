package svasim.iommu.smmuv2;

/** SMRn: which streams a group takes (reference smmuv2.md 1). */
public final class StreamMatch {
    private static final int VALID = 1 << 31;

    private StreamMatch() {}

    /** Takes one stream; of extended stream IDs, validity stands in S2CR. */
    public static int of(int streamId) {
        return VALID | streamId;
    }

    static boolean valid(int register) {
        return (register & VALID) != 0;
    }
}
