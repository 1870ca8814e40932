package svasim.pcie.fabric;

/**
 * One direction of a link as a shift register: when the last bit of each packet has left. Time is
 * kept in fractions of a picosecond, so that nothing is lost over packets that follow each other.
 */
final class Serialiser {
    /** Picoseconds that a byte takes on 64 lanes' worth, times 64: by generation from 1. */
    private static final long[] UNITS_PER_BYTE = {256_000, 128_000, 65_000, 32_500, 16_250};

    private static final int UNITS_PER_LANE = 64;

    private final long unitsPerByte;
    private final long unitsPerPs;

    /** The wire is busy up to this picosecond and so many units. */
    private long endPs;

    private long endUnits;

    /**
     * @param generation 1 to 5
     */
    Serialiser(int generation, int lanes) {
        unitsPerByte = UNITS_PER_BYTE[generation - 1];
        unitsPerPs = (long) UNITS_PER_LANE * lanes;
    }

    /** First whole picosecond at which the wire is free. */
    long freePs() {
        return endUnits == 0 ? endPs : endPs + 1;
    }

    /** Time that so many bytes take, rounded up to whole picoseconds. */
    long timePs(int bytes) {
        return (bytes * unitsPerByte + unitsPerPs - 1) / unitsPerPs;
    }

    /**
     * Sends bytes as soon as the wire is free; a packet that has waited follows the one before
     * without a gap.
     *
     * @return when the last bit has left, rounded up
     */
    long send(long nowPs, int bytes) {
        if (nowPs > freePs()) {
            endPs = nowPs;
            endUnits = 0;
        }
        long units = endUnits + bytes * unitsPerByte;
        endPs += units / unitsPerPs;
        endUnits = units % unitsPerPs;
        return freePs();
    }
}
