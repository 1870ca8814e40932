package svasim.pcie.link;

/**
 * Credits of one pool as its two ends count them: running totals modulo a power of two, of which a
 * data link packet carries the upper bits (PCI Express Base 5.0, 2.6.1.2). The sender compares its
 * total with the limit last advertised; the receiver only counts what it has given.
 */
final class CreditCounter {
    static final int HEADER_BITS = 8;
    static final int DATA_BITS = 12;

    private final boolean infinite;
    private final int mask;
    private final int shift;
    private final int initial;
    private int limit;
    private int consumed;

    /**
     * @param initial credits at the start; 0 is without limit
     * @param bits of the field in a data link packet
     * @param scale what the field is multiplied by: 1, 4 or 16
     */
    CreditCounter(int initial, int bits, int scale) {
        infinite = initial == 0;
        shift = Integer.numberOfTrailingZeros(scale);
        mask = (1 << bits + shift) - 1;
        this.initial = initial;
        limit = initial;
    }

    /** Both ends begin anew. */
    void reset() {
        limit = initial;
        consumed = 0;
    }

    /** Whether the receiver never has to give credits back. */
    boolean isInfinite() {
        return infinite;
    }

    /** Whether so many credits may be used now. */
    boolean covers(int credits) {
        return infinite || (limit - (consumed + credits) & mask) <= mask >>> 1;
    }

    void consume(int credits) {
        consumed += credits;
    }

    /** The receiver has freed room. */
    void free(int credits) {
        limit += credits;
    }

    /** The field that a data link packet has now; 0 without limit. */
    int advertised() {
        return infinite ? 0 : (limit & mask) >>> shift;
    }

    /** Takes the field of a data link packet over. */
    void advertise(int field) {
        limit = field << shift;
    }

    /** Credits that are not in use, as far as this end knows. */
    int available() {
        return limit - consumed & mask;
    }
}
