package svasim.check;

import java.util.Arrays;

/**
 * Numbers by word, for rules that look one up at each packet: open addressing in two arrays, so
 * that nothing is allocated but by growth. What is in stays in.
 */
final class LongIntTable {
    /** No key of ours is negative. */
    private static final long EMPTY = -1;

    /** 2^64 over the golden ratio, which spreads the multiples of a power of two. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private static final int INITIAL_BITS = 6;

    private long[] keys = emptyKeys(INITIAL_BITS);
    private int[] values = new int[1 << INITIAL_BITS];
    private int shift = Long.SIZE - INITIAL_BITS;
    private int size;

    /** What was put last for a key, or another number if nothing was. */
    int get(long key, int otherwise) {
        int slot = slot(key);
        return keys[slot] == key ? values[slot] : otherwise;
    }

    /**
     * Puts a number in place of what was there.
     *
     * @param key not negative
     */
    void put(long key, int value) {
        int slot = slot(key);
        if (keys[slot] != key) {
            if (2 * ++size > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
        }
        values[slot] = value;
    }

    /** Where a key is, or is to be. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key * SPREAD >>> shift);
        while (keys[slot] != key && keys[slot] != EMPTY) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        shift--;
        keys = emptyKeys(Long.SIZE - shift);
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static long[] emptyKeys(int bits) {
        long[] keys = new long[1 << bits];
        Arrays.fill(keys, EMPTY);
        return keys;
    }
}
