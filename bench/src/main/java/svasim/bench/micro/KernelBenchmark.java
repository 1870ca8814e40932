package svasim.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import svasim.kernel.Kernel;

/** Time per event of each workload, under JMH and its profilers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-XX:+UseSerialGC")
public class KernelBenchmark {
    private static final int EVENTS = 100_000;

    /** Which workload runs. */
    @Param public KernelWorkload workload;

    /** Events that are pending at any time. */
    @Param({"64", "1024", "65536"})
    public int pending;

    private final Kernel kernel = new Kernel();

    @Setup
    public void start() {
        workload.start(kernel, new Meter(), pending);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Kernel.End event() {
        return kernel.run(Long.MAX_VALUE, EVENTS);
    }
}
