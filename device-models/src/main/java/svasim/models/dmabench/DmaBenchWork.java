package svasim.models.dmabench;

import svasim.device.load.Arrivals;
import svasim.device.load.Load;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * One measurement, or several, as a program's {@code submit} step asks for it.
 *
 * @param op what each access does
 * @param buffer buffer of the process, if the card uses the process's addresses
 * @param samples accesses to be made
 * @param count how often the measurement is made; the card makes one at a time
 * @param arrivals when measurements come: closed, when the one before has ended; else without
 *     regard to the card, and the latency counts from when each was meant to come
 * @param interval mean time from one to the next, where arrivals are not closed
 * @param burst how many come at once, with {@code arrivals: bursts}
 * @source op, buffer: the program says so; by default reads
 * @source samples: chosen: far fewer than the two million for each point of pcie-bench (SIGCOMM
 *     2018), so that runs are short
 * @source count, arrivals, interval, burst: chosen: once
 */
public record DmaBenchWork(
        Operation op,
        String buffer,
        Integer samples,
        Integer count,
        Arrivals.Process arrivals,
        Picoseconds interval,
        Integer burst) {
    /** What an access does. */
    public enum Operation {
        READ,
        WRITE,
        /** Writes and reads the same bytes back; the latency is that of both together. */
        WRITE_READ
    }

    public DmaBenchWork {
        op = op == null ? Operation.READ : op;
        samples = samples == null ? 10_000 : samples;
        Require.positive("samples", samples);
        Load.of(count, null, arrivals, interval, burst);
    }

    /** One measurement. */
    public DmaBenchWork(Operation op, String buffer, Integer samples) {
        this(op, buffer, samples, null, null, null, null);
    }

    /** How often it is made, and when. */
    Load load() {
        return Load.of(count, null, arrivals, interval, burst);
    }
}
