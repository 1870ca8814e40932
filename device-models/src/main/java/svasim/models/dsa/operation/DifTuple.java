package svasim.models.dsa.operation;

/**
 * The eight bytes behind a block, big-endian.
 *
 * @param guard checksum of the block, 16 bits
 * @param application tag, 16 bits
 * @param reference tag, 32 bits
 */
record DifTuple(int guard, int application, int reference) {
    static DifTuple at(byte[] bytes, int offset) {
        return new DifTuple(
                (int) number(bytes, offset, 2),
                (int) number(bytes, offset + 2, 2),
                (int) number(bytes, offset + 4, 4));
    }

    void put(byte[] bytes, int offset) {
        put(bytes, offset, 2, guard);
        put(bytes, offset + 2, 2, application);
        put(bytes, offset + 4, 4, reference);
    }

    boolean hasApplicationOfOnes() {
        return application == 0xffff;
    }

    boolean hasTagsOfOnes() {
        return hasApplicationOfOnes() && reference == -1;
    }

    boolean isAllOnes() {
        return hasTagsOfOnes() && guard == 0xffff;
    }

    private static long number(byte[] bytes, int offset, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << Byte.SIZE | bytes[offset + i] & 0xff;
        }
        return number;
    }

    private static void put(byte[] bytes, int offset, int count, int number) {
        for (int i = 0; i < count; i++) {
            bytes[offset + i] = (byte) (number >>> (count - 1 - i) * Byte.SIZE);
        }
    }
}
