package svasim.pcie.config;

import java.nio.ByteBuffer;

/**
 * The words of a packet that a header log has room for: end-end prefixes, and four words of header.
 */
public final class LoggedHeader {
    private static final int PREFIX_FORMAT = 0b100;
    private static final int FORMAT_SHIFT = 29;

    private final int[] prefixes;
    private final int[] header;

    private LoggedHeader(int[] prefixes, int[] header) {
        this.prefixes = prefixes;
        this.header = header;
    }

    /**
     * Of a packet.
     *
     * @param bytes from the first prefix on, in the order of the wire
     */
    public static LoggedHeader of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int prefixes = 0;
        while (isPrefix(in, prefixes)) {
            prefixes++;
        }
        return new LoggedHeader(words(in, 0, prefixes), words(in, prefixes, 4));
    }

    private static boolean isPrefix(ByteBuffer in, int word) {
        return in.limit() >= (word + 1) * Integer.BYTES
                && in.getInt(word * Integer.BYTES) >>> FORMAT_SHIFT == PREFIX_FORMAT;
    }

    private static int[] words(ByteBuffer in, int first, int count) {
        int there = Math.min(count, in.limit() / Integer.BYTES - first);
        int[] words = new int[there];
        for (int i = 0; i < there; i++) {
            words[i] = in.getInt((first + i) * Integer.BYTES);
        }
        return words;
    }

    boolean hasPrefix() {
        return prefixes.length > 0;
    }

    /** A word of the header; 0 behind its end. */
    int header(int index) {
        return index < header.length ? header[index] : 0;
    }

    /** A prefix; 0 behind the last. */
    int prefix(int index) {
        return index < prefixes.length ? prefixes[index] : 0;
    }
}
