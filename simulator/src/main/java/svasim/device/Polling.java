package svasim.device;

import svasim.cpu.Cpu;
import svasim.os.procedure.Next;
import svasim.units.Picoseconds;

/**
 * How a program's library looks for the end of its work: more and more rarely, and not for ever.
 */
public final class Polling {
    private static final long SHORTEST_PAUSE_PS = 100 * Picoseconds.PER_NANOSECOND;

    /**
     * A pause is this part of the time that has passed, so that the end is seen 2 % late at most.
     */
    private static final int PAUSE_PART = 64;

    /** A wait for less (UMWAIT, WFE) keeps the core; for longer pauses the thread gives it away. */
    private static final long LONGEST_SPIN_PS = 500 * Picoseconds.PER_NANOSECOND;

    /** A time that no working device takes. */
    private static final long PATIENCE_PS = Picoseconds.PER_SECOND;

    private Polling() {}

    /** Whether the thread has waited for so long that nothing will come. */
    public static boolean isHopeless(Cpu cpu, long startPs) {
        return cpu.nowPs() - startPs > PATIENCE_PS;
    }

    /** A pause that fits to the time since the start. */
    public static Next pause(Cpu cpu, long startPs) {
        long pausePs = Math.max(SHORTEST_PAUSE_PS, (cpu.nowPs() - startPs) / PAUSE_PART);
        if (pausePs > LONGEST_SPIN_PS) {
            return Next.sleep(pausePs);
        }
        cpu.spend(pausePs);
        return Next.ON;
    }
}
