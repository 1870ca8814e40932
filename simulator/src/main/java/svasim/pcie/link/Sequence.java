package svasim.pcie.link;

/** Arithmetic of 12-bit sequence numbers (PCI Express Base 5.0, 3.6.2). */
final class Sequence {
    /** So many packets may be unacknowledged, and no more. */
    static final int MOST_OUTSTANDING = 2048;

    private static final int MASK = 0xFFF;

    private Sequence() {}

    static int next(int sequence) {
        return sequence + 1 & MASK;
    }

    static int before(int sequence) {
        return sequence - 1 & MASK;
    }

    /** Whether a number is covered by an acknowledgement of another. */
    static boolean isUpTo(int acknowledged, int sequence) {
        return (acknowledged - sequence & MASK) < MOST_OUTSTANDING;
    }

    /** Whether a number was expected earlier already. */
    static boolean isDuplicate(int expected, int sequence) {
        int behind = expected - sequence & MASK;
        return behind >= 1 && behind <= MOST_OUTSTANDING;
    }
}
