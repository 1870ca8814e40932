package svasim.models.gpu.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.config.GpuWork;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Retry;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Whole machines with a GPU {@code gpu0}, and processes that use it. */
final class GpuMachines {
    static final int ELEMENTS = 1024;

    private GpuMachines() {}

    static Machine run(IommuConfig.Unit unit, GpuConfig config, ProcessSpec... processes) {
        return run(unit, config, List.of(processes));
    }

    static Machine run(IommuConfig.Unit unit, GpuConfig config, List<ProcessSpec> processes) {
        MachineConfig hardware =
                new MachineConfig(
                        null,
                        null,
                        null,
                        null,
                        IommuConfig.of(unit),
                        Map.of(),
                        null,
                        Map.of("gpu0", new DeviceConfig("gpu", null, null, config)));
        Machine machine =
                new Machine(
                        new Machine.Plan(
                                hardware,
                                OsConfig.defaults(),
                                Defects.NONE,
                                new ArrayList<>(processes)),
                        1,
                        Choices.PLAIN);
        Kernel.End end = machine.run(Picoseconds.PER_SECOND, 50_000_000);
        assertEquals(Kernel.End.QUIET, end, () -> machine.waitingFor().toString());
        return machine;
    }

    static long count(Machine machine, String name) {
        return machine.hardware().statistics().counters().get(name).value();
    }

    /** Nothing is broken and nothing is left. */
    static void assertGone(Machine machine) {
        assertEquals(List.of(), machine.violations());
        assertEquals(List.of(), machine.waitingFor());
    }

    /** A process with a source, an index and a destination, whose one thread does this. */
    static ProcessSpec process(String name, Step... steps) {
        return process(name, Map.of("main", Program.of(steps)));
    }

    static ProcessSpec process(String name, Map<String, Program> threads) {
        return process(name, List.of("from", "index", "into"), threads);
    }

    /** The buffers are mapped in this order, each below the one before. */
    static ProcessSpec process(String name, List<String> order, Map<String, Program> threads) {
        Map<String, Buffer> buffers = new LinkedHashMap<>();
        for (String buffer : order) {
            buffers.put(
                    buffer,
                    switch (buffer) {
                        case "from" -> buffer(ELEMENTS, Buffer.Fill.RANDOM);
                        case "index" -> buffer(4 * ELEMENTS, Buffer.Fill.RANDOM);
                        default -> buffer(ELEMENTS, Buffer.Fill.ZERO);
                    });
        }
        return new ProcessSpec(name, buffers, new TreeMap<>(threads));
    }

    static Buffer buffer(int elements, Buffer.Fill fill) {
        return new Buffer(new ByteSize((long) elements * Long.BYTES), fill);
    }

    static Step open() {
        return new Step.Open("gpu0", false);
    }

    static Step submit(String job, GpuWork.Kernel kernel) {
        return submit(job, kernel, "from", "into", null);
    }

    static Step submit(
            String job, GpuWork.Kernel kernel, String from, String into, Integer parameter) {
        GpuWork work = new GpuWork(kernel, from, into, "index", null, parameter, null);
        return new Step.Submit("gpu0", job, work, Retry.ofKernel());
    }

    static Step await(String job) {
        return new Step.Await(job);
    }

    static Step sleep(int micros) {
        return new Step.Sleep(Picoseconds.ofMicros(micros));
    }
}
