package svasim.bench.chain;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Batches of whole accesses a second, under JMH and its profilers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class ChainBenchmark {
    private static final long BATCH = 100;

    /** Where the cards read; those that fault would fill memory without end. */
    @Param({"HIT", "MIX", "MISS"})
    public ChainPattern pattern;

    /** The IOMMU that stands in the way. */
    @Param public ChainUnit unit;

    /** Whether the checker holds the invariants against the run. */
    @Param({"false", "true"})
    public boolean invariants;

    /** Whether a listener takes every observation. */
    @Param({"false", "true"})
    public boolean trace;

    private ChainRun run;

    @Setup
    public void start() {
        run = new ChainRun(new ChainPoint(pattern, unit, invariants, trace));
    }

    @Benchmark
    public long batch(Accesses accesses) {
        long done = run.run(BATCH);
        accesses.dma += done;
        return done;
    }

    /** Accesses of an iteration, which JMH shows as a rate of its own. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Accesses {
        /** Accesses done. */
        public long dma;

        @Setup(Level.Iteration)
        public void clear() {
            dma = 0;
        }
    }
}
