package svasim.bench.scale;

import java.util.function.IntFunction;

/** What there is much of, and how much of it is measured by default. */
public enum ScaleSubject {
    /** Processes without memory, each bound to one device with a PASID of its own. */
    PASIDS(ManyProcesses::idle, 1 << 8, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, (1 << 20) - 1),
    /** Functions behind switches, 64 of a device, all of them reading. */
    FUNCTIONS(n -> ManyFunctions.of(n, n), 4, 16, 64, 256, 1024, 4096),
    /** The same functions, of which four read. */
    PRESENT(n -> ManyFunctions.of(n, 4), 4, 64, 256, 1024, 4096),
    /** IOMMUs with four reading functions below each. */
    IOMMUS(ManyUnits::of, 1, 4, 16, 64),
    /** Processes of two threads that each have a copy made through one shared queue. */
    PROCESSES(ManyProcesses::copying, 10, 100, 1000, 10_000),
    /** Pages that a device touches for the first time, spread over a buffer of 1 TiB. */
    MEMORY(SparseMemory::of, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18),
    /** Events of one run. */
    EVENTS(n -> ManyFunctions.of(4, 4), 10_000_000, 100_000_000);

    private final IntFunction<ScaledMachine> machine;
    private final int[] usual;

    ScaleSubject(IntFunction<ScaledMachine> machine, int... usual) {
        this.machine = machine;
        this.usual = usual;
    }

    ScaledMachine machine(int n) {
        return machine.apply(n);
    }

    int[] usual() {
        return usual.clone();
    }
}
