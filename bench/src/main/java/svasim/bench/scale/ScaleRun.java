package svasim.bench.scale;

import java.util.ArrayList;
import java.util.List;
import svasim.check.Bounds;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.Machine;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** A machine that is set up, and then goes on for as long as it is told to. */
final class ScaleRun {
    private static final long SEED = 42;

    /** Events from one look at the counters to the next, for each of them. */
    private static final int SLICE_EVENTS = 20;

    private static final int LEAST_SLICE = 1_000;

    private final ScaledMachine scaled;
    private final Machine machine;
    private final Kernel kernel;
    private final List<Counter> accesses = new ArrayList<>();
    private final Bonds bonds = new Bonds();
    private final int slice;
    private boolean quiet;

    /**
     * Puts the machine together.
     *
     * @param invariants whether they are held against the run
     */
    ScaleRun(ScaledMachine scaled, boolean invariants) {
        this.scaled = scaled;
        machine =
                new Machine(
                        new Machine.Plan(
                                scaled.machine(),
                                OsConfig.defaults(),
                                Defects.NONE,
                                scaled.processes(),
                                List.of(),
                                List.of(),
                                invariants ? Bounds.defaults() : null),
                        SEED,
                        Choices.PLAIN);
        kernel = machine.hardware().kernel();
        for (String name : scaled.accesses()) {
            accesses.add(machine.hardware().statistics().counters().get(name));
        }
        machine.hardware().trace().add(bonds);
        slice = Math.max(LEAST_SLICE, SLICE_EVENTS * accesses.size());
    }

    /** Boots, and runs until every bond is made and every access of the set-up done. */
    void setUp() {
        quiet = machine.run(Long.MAX_VALUE, slice) == Kernel.End.QUIET;
        while (bonds.made < scaled.bonds() || done() < scaled.before()) {
            slice();
        }
    }

    /**
     * Runs until so many more accesses are done, or a few more.
     *
     * @return how many
     */
    long run(long more) {
        long before = done();
        while (done() - before < more && !quiet) {
            slice();
        }
        return done() - before;
    }

    /** Runs so many more events. */
    void runEvents(long more) {
        quiet = kernel.run(Long.MAX_VALUE, more) == Kernel.End.QUIET;
    }

    private void slice() {
        if (quiet) {
            throw new IllegalStateException(
                    "came to rest with "
                            + bonds.made
                            + " bonds, "
                            + done()
                            + " accesses; "
                            + machine.waitingFor().stream().limit(10).toList());
        }
        runEvents(slice);
    }

    /** Runs until nothing is left to do. */
    void end() {
        quiet = kernel.runUntilQuiet() == Kernel.End.QUIET;
    }

    /** Accesses done so far. */
    long done() {
        long sum = 0;
        for (Counter counter : accesses) {
            sum += counter.value();
        }
        return sum;
    }

    long events() {
        return kernel.eventsRun();
    }

    Machine machine() {
        return machine;
    }

    /** Counts bonds. */
    private static final class Bonds implements TraceListener {
        private int made;

        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.BOUND;
        }

        @Override
        public void on(
                long id,
                long cause,
                long timePs,
                Kind kind,
                int lane,
                long a,
                long b,
                long c,
                Object subject) {
            made++;
        }
    }
}
