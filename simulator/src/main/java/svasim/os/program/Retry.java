package svasim.os.program;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * What software does after an ENQCMD or ENQCMDS that the device did not take.
 *
 * @param times attempts after the first; 0 gives up at once, without a limit if absent
 * @param pause time that the core spins before each of them
 */
public record Retry(Integer times, Picoseconds pause) {
    /** Unbounded for a program: it goes on until the device has room or a signal comes. */
    private static final int FOR_EVER = Integer.MAX_VALUE;

    /** As the idxd driver does by default. */
    private static final int KERNEL_TIMES = 32;

    public Retry {
        times = times == null ? FOR_EVER : times;
        pause = pause == null ? Picoseconds.ofNanos(100) : pause;
        Require.that(times >= 0, "times", times, "0 or more");
    }

    /** Of a program. */
    public static Retry defaults() {
        return new Retry(null, null);
    }

    /** Of the kernel, which gives up after 32 attempts. */
    public static Retry ofKernel() {
        return new Retry(KERNEL_TIMES, null);
    }
}
