package svasim.models.zip.device;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Compresses to one DEFLATE block of fixed codes (RFC 1951, 3.2.6), with the nearest earlier match
 * of three bytes or more. A library's result depends on its version; this one is the same
 * everywhere, and with it the length of what the device writes.
 */
final class Deflate {
    private static final int END_OF_BLOCK = 256;
    private static final int FIRST_LENGTH = 257;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 258;
    private static final int WINDOW = 1 << 15;
    private static final int HASH_BITS = 12;
    private static final int HASH_FACTOR = 0x9E37_79B1;
    private static final int DISTANCE_CODE_BITS = 5;

    /** Least length of each code from 257 on, and its extra bits. */
    private static final int[] LENGTHS = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258
    };

    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };

    /** Least distance of each code; two codes have one more extra bit than the two before. */
    private static final int[] DISTANCES = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
        2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577
    };

    private final byte[] source;
    private final int[] lastAt = new int[1 << HASH_BITS];
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private int held;
    private int heldBits;

    private Deflate(byte[] source) {
        this.source = source;
        Arrays.fill(lastAt, -WINDOW - 1);
    }

    /** The raw stream, without a frame. */
    static byte[] of(byte[] source) {
        return new Deflate(source).run();
    }

    private byte[] run() {
        put(1, 1);
        put(1, 2);
        for (int at = 0; at < source.length; ) {
            at += step(at);
        }
        putSymbol(END_OF_BLOCK);
        if (heldBits > 0) {
            put(0, Byte.SIZE - heldBits);
        }
        return made.toByteArray();
    }

    /** Writes a match or a literal; returns how many bytes it stands for. */
    private int step(int at) {
        int before = noteAndFind(at);
        int length = before < 0 ? 0 : matching(before, at);
        if (length < SHORTEST) {
            putSymbol(source[at] & 0xff);
            return 1;
        }
        putLength(length);
        putDistance(at - before);
        return length;
    }

    /** The nearest place before that may begin alike, or a negative number. */
    private int noteAndFind(int at) {
        if (at + SHORTEST > source.length) {
            return -1;
        }
        int three =
                source[at] & 0xff | (source[at + 1] & 0xff) << 8 | (source[at + 2] & 0xff) << 16;
        int hash = three * HASH_FACTOR >>> Integer.SIZE - HASH_BITS;
        int before = lastAt[hash];
        lastAt[hash] = at;
        return at - before <= WINDOW ? before : -1;
    }

    private int matching(int before, int at) {
        int most = Math.min(LONGEST, source.length - at);
        int length = 0;
        while (length < most && source[before + length] == source[at + length]) {
            length++;
        }
        return length;
    }

    private void putLength(int length) {
        int code = code(LENGTHS, length);
        putSymbol(FIRST_LENGTH + code);
        put(length - LENGTHS[code], LENGTH_BITS[code]);
    }

    private void putDistance(int distance) {
        int code = code(DISTANCES, distance);
        put(reversed(code, DISTANCE_CODE_BITS), DISTANCE_CODE_BITS);
        put(distance - DISTANCES[code], Math.max(0, code / 2 - 1));
    }

    private static int code(int[] least, int value) {
        int found = Arrays.binarySearch(least, value);
        return found >= 0 ? found : -found - 2;
    }

    private void putSymbol(int symbol) {
        if (symbol < 144) {
            put(reversed(0x30 + symbol, 8), 8);
        } else if (symbol < 256) {
            put(reversed(0x190 + symbol - 144, 9), 9);
        } else if (symbol < 280) {
            put(reversed(symbol - 256, 7), 7);
        } else {
            put(reversed(0xC0 + symbol - 280, 8), 8);
        }
    }

    private static int reversed(int code, int bits) {
        return Integer.reverse(code) >>> Integer.SIZE - bits;
    }

    /** Lowest bit first. */
    private void put(int value, int bits) {
        held |= value << heldBits;
        heldBits += bits;
        while (heldBits >= Byte.SIZE) {
            made.write(held);
            held >>>= Byte.SIZE;
            heldBits -= Byte.SIZE;
        }
    }
}
