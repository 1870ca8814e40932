package svasim.pcie.link;

/**
 * What a receiver has to tell the other end, at most one data link packet of each kind: credits of
 * the three flow classes (0 to 2), an acknowledgement, a negative one. Packed into a number for the
 * way over the wire: subject, then a sequence number or two credit fields.
 */
final class News {
    static final int ACK = 3;
    static final int NAK = 4;

    private static final int SUBJECT_BITS = 3;
    private static final int SUBJECT_MASK = (1 << SUBJECT_BITS) - 1;
    private static final int DATA_SHIFT = SUBJECT_BITS + CreditCounter.HEADER_BITS;

    private int collected;
    private int ready;

    /** Credits of a flow class are free; told with the next release. */
    void credits(int flow) {
        collected |= 1 << flow;
    }

    /** Nothing is to be told any more. */
    void clear() {
        collected = 0;
        ready = 0;
    }

    /** There is something to acknowledge; told with the next release. */
    void ack() {
        collected |= 1 << ACK;
    }

    /** Something is to be sent again; told at once, and it acknowledges what was before. */
    void nak() {
        collected &= ~(1 << ACK);
        ready = ready & ~(1 << ACK) | 1 << NAK;
    }

    /** What was collected may be sent. */
    void release() {
        ready |= collected;
        collected = 0;
    }

    boolean isReady() {
        return ready != 0;
    }

    /** Takes the most urgent subject out. */
    int take() {
        int subject = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(ready);
        ready &= ~(1 << subject);
        return subject;
    }

    static long sequence(int subject, int sequence) {
        return (long) sequence << SUBJECT_BITS | subject;
    }

    static long credits(int flow, int headers, int data) {
        return (long) data << DATA_SHIFT | (long) headers << SUBJECT_BITS | flow;
    }

    static int subject(long packed) {
        return (int) packed & SUBJECT_MASK;
    }

    static int sequence(long packed) {
        return (int) (packed >>> SUBJECT_BITS);
    }

    static int headers(long packed) {
        return (int) (packed >>> SUBJECT_BITS) & (1 << CreditCounter.HEADER_BITS) - 1;
    }

    static int data(long packed) {
        return (int) (packed >>> DATA_SHIFT);
    }
}
