package svasim.models.dmabench;

import svasim.units.Require;

/**
 * One measurement, as a program's {@code submit} step asks for it.
 *
 * @param op what each access does
 * @param buffer buffer of the process, if the card uses the process's addresses
 * @param samples accesses to be made
 * @source op, buffer: the program says so; by default reads
 * @source samples: chosen: far fewer than the two million for each point of pcie-bench (SIGCOMM
 *     2018), so that runs are short
 */
public record DmaBenchWork(Operation op, String buffer, Integer samples) {
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
    }
}
