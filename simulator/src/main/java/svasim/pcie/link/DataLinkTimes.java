package svasim.pcie.link;

/**
 * Times of the data link layer in picoseconds (PCI Express Base 5.0, 3.6.3 and 3.6.2, tables of Ack
 * latency limits; factors as in pcie-bench's model, SIGCOMM 2018).
 */
final class DataLinkTimes {
    /** Time of one symbol on one lane, by generation from 1. */
    private static final long[] SYMBOL_PS = {4000, 2000, 1000, 500, 250, 125};

    private static final int[] INTERNAL_DELAY = {19, 70, 115, 115, 115, 115};
    private static final int PACKET_OVERHEAD = 28;
    private static final int SMALL_PAYLOAD = 256;
    private static final int WIDE = 16;
    private static final int MEDIUM = 8;

    /** A factor of 2.5 is written as 25. */
    private static final int TENTH = 10;

    private static final int CLASSIC_REPLAY_FACTOR = 3;
    private static final int FIRST_SIMPLIFIED = 4;
    private static final long SIMPLIFIED_REPLAY_SYMBOLS = 24_000;

    private static final long UPDATE_PS = 30_000_000;

    private final long ackLimitPs;
    private final long replayPs;

    DataLinkTimes(LinkConfig config) {
        int generation = config.generation();
        long symbolPs = SYMBOL_PS[generation - 1];
        int payload = (int) config.maxPayload().bytes();
        ackLimitPs = ackLimitSymbols(generation, config.lanes(), payload) * symbolPs;
        long turnPs = 2 * config.flight().value();
        replayPs =
                generation >= FIRST_SIMPLIFIED
                        ? Math.max(SIMPLIFIED_REPLAY_SYMBOLS * symbolPs, turnPs + ackLimitPs)
                        : CLASSIC_REPLAY_FACTOR * ackLimitPs + turnPs;
    }

    /** Longest time in symbols from a packet's end to the start of its acknowledgement. */
    static int ackLimitSymbols(int generation, int lanes, int maxPayload) {
        int scaled = (maxPayload + PACKET_OVERHEAD) * ackFactorTenths(lanes, maxPayload);
        return scaled / (TENTH * lanes) + INTERNAL_DELAY[generation - 1];
    }

    private static int ackFactorTenths(int lanes, int maxPayload) {
        if (maxPayload <= SMALL_PAYLOAD) {
            return lanes >= WIDE ? 30 : lanes >= MEDIUM ? 25 : 14;
        }
        return lanes >= WIDE ? 20 : 10;
    }

    /** Longest time that an acknowledgement is held back, and what credits wait for company. */
    long ackLimitPs() {
        return ackLimitPs;
    }

    /** Time without progress after which everything that is not acknowledged is sent again. */
    long replayPs() {
        return replayPs;
    }

    /** Longest time between two updates of one pool. */
    static long updatePs() {
        return UPDATE_PS;
    }
}
