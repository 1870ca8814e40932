package svasim.device.load;

import svasim.stats.Counter;
import svasim.units.Picoseconds;

/** Payload against time over all runs, shown by a counter in bits per second. */
public final class Throughput {
    private final Counter shown;
    private long bytes;
    private long timePs;

    /**
     * @param shown to be changed by nobody else
     */
    public Throughput(Counter shown) {
        this.shown = shown;
    }

    /** A run has moved so many bytes in so much time. */
    public void add(long movedBytes, long takenPs) {
        bytes += movedBytes;
        timePs += takenPs;
        if (timePs > 0) {
            double bits = (double) bytes * Byte.SIZE;
            shown.add(Math.round(bits / timePs * Picoseconds.PER_SECOND) - shown.value());
        }
    }
}
