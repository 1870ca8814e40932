package svasim.pcie.link;

import svasim.kernel.RandomStream;

/** Which packets of one direction are received wrongly. */
final class BitErrors {
    private static final double UNIT = 0x1p-53;
    private static final int UNIT_SHIFT = 11;

    private final RandomStream random;
    private final double usualRate;
    private double rate;
    private int demanded;
    private boolean possible;

    /**
     * @param rate probability that a bit is wrong
     */
    BitErrors(RandomStream random, double rate) {
        this.random = random;
        this.rate = rate;
        usualRate = rate;
        possible = rate > 0;
    }

    /** Makes the next packet a wrong one. */
    void demand() {
        demanded++;
        possible = true;
    }

    /**
     * Changes the probability for a while.
     *
     * @param newRate that a bit is wrong
     */
    void rate(double newRate) {
        rate = newRate;
        possible |= newRate > 0;
    }

    /** Back to the probability that the link was made with. */
    void usualRate() {
        rate = usualRate;
    }

    /** Whether a packet may have been hit, or may be. */
    boolean possible() {
        return possible;
    }

    /** Whether a packet of so many bytes is hit. */
    boolean hit(int bytes) {
        if (demanded > 0) {
            demanded--;
            return true;
        }
        return rate > 0 && uniform() >= Math.pow(1 - rate, (double) bytes * Byte.SIZE);
    }

    /** From 0 to below 1. */
    private double uniform() {
        return (random.next() >>> UNIT_SHIFT) * UNIT;
    }
}
