package svasim.models.dsa.operation;

/**
 * Holds a tuple that was read against what it should be. Bits of the DIF status byte as Intel's
 * data mover library has them, from memory.
 */
final class DifCheck {
    static final int WRONG_GUARD = 1;
    static final int WRONG_APPLICATION = 1 << 1;
    static final int WRONG_REFERENCE = 1 << 2;
    static final int ALL_ONES = 1 << 3;

    private static final int ERROR_IF_ALL_ONES = 0x01;
    private static final int SKIP_IF_ALL_ONES = 0x02;
    private static final int SKIP_IF_APPLICATION_ONES = 0x04;
    private static final int SKIP_IF_TAGS_ONES = 0x08;
    private static final int NO_GUARD = 0x20;
    private static final int NO_REFERENCE = 0x40;

    private DifCheck() {}

    /**
     * @param guard checksum of the block
     * @return DIF status, 0 if nothing is wrong
     */
    static int of(DifTuple found, DifTags expected, int guard) {
        if (expected.has(ERROR_IF_ALL_ONES) && found.isAllOnes()) {
            return ALL_ONES;
        }
        return isSkipped(found, expected) ? 0 : compare(found, expected, guard);
    }

    private static boolean isSkipped(DifTuple found, DifTags expected) {
        return expected.has(SKIP_IF_ALL_ONES) && found.isAllOnes()
                || expected.has(SKIP_IF_APPLICATION_ONES) && found.hasApplicationOfOnes()
                || expected.has(SKIP_IF_TAGS_ONES) && found.hasTagsOfOnes();
    }

    private static int compare(DifTuple found, DifTags expected, int guard) {
        int wrong = 0;
        if (!expected.has(NO_GUARD) && found.guard() != guard) {
            wrong |= WRONG_GUARD;
        }
        if (((found.application() ^ expected.application()) & ~expected.mask()) != 0) {
            wrong |= WRONG_APPLICATION;
        }
        if (!expected.has(NO_REFERENCE) && found.reference() != expected.reference()) {
            wrong |= WRONG_REFERENCE;
        }
        return wrong;
    }
}
