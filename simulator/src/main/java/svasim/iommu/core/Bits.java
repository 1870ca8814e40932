package svasim.iommu.core;

/** Fields of registers and structures. */
public final class Bits {
    private Bits() {}

    /** Bits {@code high} down to {@code low} of a word, moved to the right. */
    public static long field(long word, int high, int low) {
        return word >>> low & -1L >>> 63 - (high - low);
    }

    /** As {@link #field}, for fields of up to 31 bits. */
    public static int small(long word, int high, int low) {
        return (int) field(word, high, low);
    }

    public static boolean bit(long word, int position) {
        return (word >>> position & 1) != 0;
    }

    /** Bits {@code high} down to {@code low} of a word, left where they are. */
    public static long inPlace(long word, int high, int low) {
        return field(word, high, low) << low;
    }

    /** A word whose only bit set is {@code position} if the condition holds, else 0. */
    public static long flag(boolean set, int position) {
        return set ? 1L << position : 0;
    }

    /** The low {@code count} bits of an address, 0 to 64. */
    public static long lowBits(long value, int count) {
        return count >= Long.SIZE ? value : value & (1L << count) - 1;
    }
}
