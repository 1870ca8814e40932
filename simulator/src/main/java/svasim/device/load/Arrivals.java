package svasim.device.load;

import svasim.kernel.RandomStream;

/**
 * When pieces of work come, for example packets.
 *
 * @param intervalPs mean time from one piece to the next; 0 if arrivals are closed
 * @param burst pieces that come at once
 */
public record Arrivals(Process process, long intervalPs, int burst) {
    private static final int FRACTION_BITS = 53;

    /** Kinds of arrivals. */
    public enum Process {
        /** The next piece comes when one of those before has ended (closed loop). */
        CLOSED,
        /** Always after the same time. */
        FIXED,
        /** At random, independent of each other. */
        POISSON,
        /** Several at once, and then a pause. */
        BURSTS
    }

    public boolean isClosed() {
        return process == Process.CLOSED;
    }

    /**
     * Time from one piece to the next.
     *
     * @param number of the next piece, from 0
     */
    public long gapPs(long number, RandomStream random) {
        return switch (process) {
            case CLOSED -> 0;
            case FIXED -> number == 0 ? 0 : intervalPs;
            case POISSON -> exponential(random);
            case BURSTS -> number == 0 || number % burst != 0 ? 0 : intervalPs * burst;
        };
    }

    /** StrictMath, because its logarithm is the same on every machine. */
    private long exponential(RandomStream random) {
        double uniform = (random.below(1L << FRACTION_BITS) + 1) / (double) (1L << FRACTION_BITS);
        return Math.round(-StrictMath.log(uniform) * intervalPs);
    }
}
