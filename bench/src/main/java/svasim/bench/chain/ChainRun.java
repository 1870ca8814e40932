package svasim.bench.chain;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.Kernel;
import svasim.machine.Machine;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** A machine whose cards read, as long as it is told to go on. */
final class ChainRun {
    /** Simulated time within which the system boots, pages are pinned and all cards start. */
    private static final long START_LIMIT_PS = 10_000_000_000_000L;

    private static final int SLICE_EVENTS = 2_000;

    private final Machine machine;
    private final Kernel kernel;
    private final List<Counter> accesses = new ArrayList<>();
    private final Everything everything = new Everything();

    /** Boots the machine and runs it until every card reads. */
    ChainRun(ChainPoint point) {
        machine = ChainMachine.of(point);
        kernel = machine.hardware().kernel();
        for (int i = 0; i < ChainMachine.cards(); i++) {
            accesses.add(machine.hardware().statistics().counters().get(ChainMachine.accesses(i)));
        }
        if (point.trace()) {
            machine.hardware().trace().add(everything);
        }
        machine.run(START_LIMIT_PS, SLICE_EVENTS);
        while (accesses.stream().anyMatch(counter -> counter.value() == 0)) {
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
        while (done() - before < more) {
            slice();
        }
        return done() - before;
    }

    private void slice() {
        Kernel.End end = kernel.run(START_LIMIT_PS, SLICE_EVENTS);
        if (end != Kernel.End.EVENT_LIMIT) {
            throw new IllegalStateException(
                    "the cards came to rest: " + end + ", " + machine.waitingFor());
        }
    }

    /** Accesses done so far. */
    long done() {
        long sum = 0;
        for (Counter counter : accesses) {
            sum += counter.value();
        }
        return sum;
    }

    Machine machine() {
        return machine;
    }

    /** Observations that the listener has taken. */
    long observations() {
        return everything.count;
    }

    /** Takes every observation and keeps none. */
    private static final class Everything implements TraceListener {
        private long count;

        @Override
        public boolean wants(Kind kind) {
            return true;
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
            count++;
        }
    }
}
