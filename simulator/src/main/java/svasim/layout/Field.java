package svasim.layout;

/**
 * A field of a word.
 *
 * @param name as the specification calls it
 * @param high its highest bit
 * @param low its lowest bit
 * @param says what it means, in a few words
 */
public record Field(String name, int high, int low, String says) {
    public Field {
        if (low < 0 || high < low || high >= Long.SIZE) {
            throw new IllegalArgumentException(name + ": bits " + high + ":" + low);
        }
    }

    /** The field's value in a word. */
    public long of(long word) {
        return word >>> low & -1L >>> Long.SIZE - 1 - (high - low);
    }

    /** A word in which every bit of the field is set and no other. */
    public long mask() {
        return of(-1L) << low;
    }
}
