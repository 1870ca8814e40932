package svasim.models.dsa.operation;

/**
 * Reference tag and application tag of the next block. A field of the descriptor gives the first
 * ones: reference tag in bits 31:0, application tag mask in 47:32, application tag in 63:48.
 */
final class DifTags {
    private static final int INCREMENTING_APPLICATION = 0x10;
    private static final int FIXED_REFERENCE = 0x80;
    private static final int MASK = 0xffff;

    private final int flags;
    private final int mask;
    private int reference;
    private int application;

    DifTags(long field, int flags) {
        this.flags = flags;
        reference = (int) field;
        mask = (int) (field >>> 32) & MASK;
        application = (int) (field >>> 48) & MASK;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int reference() {
        return reference;
    }

    int application() {
        return application;
    }

    /** Bits of the application tag that nobody looks at. */
    int mask() {
        return mask;
    }

    /** Goes over to the next block. */
    void advance() {
        reference += has(FIXED_REFERENCE) ? 0 : 1;
        application = application + (has(INCREMENTING_APPLICATION) ? 1 : 0) & MASK;
    }

    /** The field of the descriptor for what comes now. */
    long field() {
        return reference & 0xffff_ffffL | (long) mask << 32 | (long) application << 48;
    }
}
