package svasim.pcie.link;

/**
 * One direction of a link as a shift register: when the last bit of each packet has left. Time is
 * kept in fractions of a picosecond, so that nothing is lost over packets that follow each other.
 * Now and then a skip ordered set takes every lane; on an idle link it costs nothing.
 */
public final class Serialiser {
    /**
     * Units that a byte takes on one lane, by generation from 1: 8b/10b, from generation 3 on
     * 128b/130b, in generation 6 flits with 236 bytes of 256 for packets.
     */
    private static final long[] UNITS_PER_BYTE = {
        15_104_000, 7_552_000, 3_835_000, 1_917_500, 958_750, 512_000
    };

    /** One picosecond on one lane. */
    private static final long UNITS_PER_LANE = 64 * 59;

    private static final int FIRST_BLOCK_CODED = 3;

    /** Skip ordered set, in symbols of each lane; and the symbols from one to the next. */
    private static final int SKIP_SYMBOLS = 4;

    private static final int SKIP_INTERVAL = 1538;
    private static final int BLOCK_SKIP_SYMBOLS = 16;
    private static final int BLOCK_SKIP_INTERVAL = 375 * 16;

    private final long unitsPerByte;
    private final long unitsPerPs;
    private final long skipUnits;
    private final long skipIntervalPs;

    /** The wire is busy up to this picosecond and so many units. */
    private long endPs;

    private long endUnits;
    private long nextSkipPs;

    /**
     * @param generation 1 to 6
     */
    public Serialiser(int generation, int lanes) {
        unitsPerByte = UNITS_PER_BYTE[generation - 1];
        unitsPerPs = UNITS_PER_LANE * lanes;
        boolean blocks = generation >= FIRST_BLOCK_CODED;
        skipUnits = (blocks ? BLOCK_SKIP_SYMBOLS : SKIP_SYMBOLS) * unitsPerByte * lanes;
        int interval = blocks ? BLOCK_SKIP_INTERVAL : SKIP_INTERVAL;
        skipIntervalPs = interval * unitsPerByte / UNITS_PER_LANE;
        nextSkipPs = skipIntervalPs;
    }

    /** First whole picosecond at which the wire is free. */
    public long freePs() {
        return endUnits == 0 ? endPs : endPs + 1;
    }

    /** Time that so many bytes take, rounded up to whole picoseconds. */
    public long timePs(int bytes) {
        return (bytes * unitsPerByte + unitsPerPs - 1) / unitsPerPs;
    }

    /**
     * Sends bytes as soon as the wire is free; a packet that has waited follows the one before
     * without a gap.
     *
     * @return when the last bit has left, rounded up
     */
    public long send(long nowPs, int bytes) {
        if (nowPs > freePs()) {
            endPs = nowPs;
            endUnits = 0;
            skipWhileIdle();
        }
        occupy(bytes * unitsPerByte);
        if (endPs >= nextSkipPs) {
            long lastBitPs = freePs();
            occupy(skipUnits);
            nextSkipPs += skipIntervalPs;
            return lastBitPs;
        }
        return freePs();
    }

    /** Nothing is sent before this time. */
    void pauseUntil(long timePs) {
        if (timePs > freePs()) {
            endPs = timePs;
            endUnits = 0;
        }
    }

    private void occupy(long newUnits) {
        long units = endUnits + newUnits;
        endPs += units / unitsPerPs;
        endUnits = units % unitsPerPs;
    }

    private void skipWhileIdle() {
        if (endPs >= nextSkipPs) {
            long missed = (endPs - nextSkipPs) / skipIntervalPs + 1;
            nextSkipPs += missed * skipIntervalPs;
        }
    }
}
