package svasim.pcie.link;

import java.util.Arrays;
import svasim.pcie.tlp.Tlp;

/** First-in-first-out queue of packets with a number and a size each; grows as needed. */
final class TlpRing {
    private static final int INITIAL = 16;

    private Tlp[] tlps = new Tlp[INITIAL];
    private long[] numbers = new long[INITIAL];
    private int[] bytes = new int[INITIAL];
    private int head;
    private int size;

    int size() {
        return size;
    }

    /** Adds a packet whose size nobody asks for. */
    void add(Tlp tlp, long number) {
        add(tlp, number, 0);
    }

    /**
     * Adds a packet.
     *
     * @param wireBytes its size, so that it is reckoned once
     */
    void add(Tlp tlp, long number, int wireBytes) {
        if (size == tlps.length) {
            grow();
        }
        int at = head + size++ & tlps.length - 1;
        tlps[at] = tlp;
        numbers[at] = number;
        bytes[at] = wireBytes;
    }

    /** The oldest; the queue must not be empty. */
    Tlp first() {
        return tlps[head];
    }

    /** The packet behind so many others. */
    Tlp get(int behind) {
        return tlps[head + behind & tlps.length - 1];
    }

    /** Number of the packet behind so many others. */
    long number(int behind) {
        return numbers[head + behind & tlps.length - 1];
    }

    /** Number of the oldest; {@link Long#MAX_VALUE} if there is none. */
    long firstNumber() {
        return size == 0 ? Long.MAX_VALUE : numbers[head];
    }

    /** Size of the oldest, as it was added; the queue must not be empty. */
    int firstBytes() {
        return bytes[head];
    }

    Tlp take() {
        Tlp tlp = tlps[head];
        tlps[head] = null;
        head = head + 1 & tlps.length - 1;
        size--;
        return tlp;
    }

    void clear() {
        Arrays.fill(tlps, null);
        size = 0;
    }

    private void grow() {
        int capacity = tlps.length;
        Tlp[] grown = new Tlp[capacity * 2];
        long[] grownNumbers = new long[capacity * 2];
        int[] grownBytes = new int[capacity * 2];
        for (int i = 0; i < size; i++) {
            grown[i] = tlps[head + i & capacity - 1];
            grownNumbers[i] = numbers[head + i & capacity - 1];
            grownBytes[i] = bytes[head + i & capacity - 1];
        }
        Arrays.fill(tlps, null);
        tlps = grown;
        numbers = grownNumbers;
        bytes = grownBytes;
        head = 0;
    }
}
