package svasim.os;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.cpu.Architecture;
import svasim.cpu.Bus;
import svasim.cpu.Cores;
import svasim.cpu.CpuConfig;
import svasim.cpu.CpuSurroundings;
import svasim.cpu.Interrupts;
import svasim.cpu.RegisterWindows;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciPath;
import svasim.os.mm.MmConfig;
import svasim.os.procedure.Call;
import svasim.os.process.Process;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.os.sva.PasidConfig;
import svasim.os.task.Platform;
import svasim.os.task.Priority;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;
import svasim.stats.Statistics;
import svasim.trace.Trace;
import svasim.units.ByteSize;

/** An operating system on cores and memory, with a simple IOMMU and a simple device if wanted. */
public final class OsUnderTest {
    /** No call takes so many; one that does will never end. */
    private static final long ENOUGH_EVENTS = 200_000;

    private static final long FIRST_FRAME = 1 << 20;

    private final Kernel kernel;
    private final Recorder recorder = new Recorder();
    private final Trace trace;
    private final Statistics statistics = new Statistics();
    private final PhysicalMemory memory = new PhysicalMemory();
    private final Frames frames;
    private final Cores cores;
    private final Interrupts interrupts;
    private final Os os;

    /** How the system is set up. */
    public static final class Setup {
        private String policy;
        private PasidConfig pasids;
        private Choices choices = Choices.PLAIN;
        private Defects defects = Defects.NONE;
        private Bus bus = RegisterWindows.NOBODY;
        private Architecture architecture = Architecture.X86_64;
        private int cores = 2;
        private IommuOptions iommu;
        private MmConfig memory;

        public Setup policy(String name) {
            policy = name;
            return this;
        }

        public Setup pasids(PasidConfig numbers) {
            pasids = numbers;
            return this;
        }

        public Setup choices(Choices answers) {
            choices = answers;
            return this;
        }

        public Setup defect(Defect defect) {
            defects = Defects.of(defect);
            return this;
        }

        public Setup bus(Bus newBus) {
            bus = newBus;
            return this;
        }

        public Setup architecture(Architecture newArchitecture) {
            architecture = newArchitecture;
            return this;
        }

        public Setup memory(MmConfig config) {
            memory = config;
            return this;
        }

        public Setup cores(int number) {
            cores = number;
            return this;
        }

        public Setup iommu(IommuOptions options) {
            iommu = options;
            return this;
        }

        public OsUnderTest build() {
            return new OsUnderTest(this);
        }
    }

    private OsUnderTest(Setup setup) {
        kernel = new Kernel(0, setup.choices);
        trace = new Trace(kernel);
        trace.add(recorder);
        frames = new Frames(memory, FIRST_FRAME, trace);
        CpuConfig cpu =
                new CpuConfig(
                        setup.architecture,
                        setup.cores,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        cores =
                new Cores(
                        cpu,
                        new CpuSurroundings(kernel, trace, statistics, memory, frames, setup.bus));
        interrupts = new Interrupts(kernel, trace, cores);
        os =
                new Os(
                        new OsConfig(
                                setup.policy, setup.pasids, null, null, setup.iommu, setup.memory),
                        new OsSurroundings(
                                kernel,
                                trace,
                                statistics,
                                memory,
                                frames,
                                cores,
                                interrupts,
                                setup.defects));
    }

    public static OsUnderTest plain() {
        return new Setup().build();
    }

    public Os os() {
        return os;
    }

    public Platform platform() {
        return os.platform();
    }

    public Kernel kernel() {
        return kernel;
    }

    public Trace trace() {
        return trace;
    }

    public PhysicalMemory memory() {
        return memory;
    }

    public Frames frames() {
        return frames;
    }

    public Cores cores() {
        return cores;
    }

    public Interrupts interrupts() {
        return interrupts;
    }

    public Recorder recorder() {
        return recorder;
    }

    /** Adds a device under a simple IOMMU, with a node and driver of the same name. */
    public SimpleDevice device(String name) {
        return device(name, 0x0100, new SimpleIommu());
    }

    /** Adds a device under this IOMMU, with a node and driver of the same name. */
    public SimpleDevice device(String name, int requesterId, SimpleIommu iommu) {
        PciDevice device = os.addDevice(name, requesterId, capable(20), PciPath.INTEGRATED, iommu);
        SimpleDevice node = new SimpleDevice(device, iommu, os.sva());
        os.add(node, Call.nothing());
        return node;
    }

    /** A function's configuration space with PASID, ATS and PRI. */
    public static ConfigurationSpace capable(int pasidWidth) {
        ConfigurationSpace space = new ConfigurationSpace();
        new PasidCapability(space, pasidWidth, false, false);
        new AtsCapability(space, 32, false);
        new PriCapability(space, 64, true);
        return space;
    }

    /** A process with one thread and these buffers of 8 KiB, filled if their name says so. */
    public Process process(String name, String buffers, Step... steps) {
        Map<String, Buffer> made = new LinkedHashMap<>();
        for (String buffer : buffers.isEmpty() ? new String[0] : buffers.split(" ")) {
            Buffer.Fill fill = buffer.startsWith("full") ? Buffer.Fill.COUNTING : Buffer.Fill.NONE;
            made.put(buffer, new Buffer(ByteSize.ofKiB(8), fill));
        }
        return os.add(new ProcessSpec(name, made, Map.of("main", Program.of(steps))));
    }

    /** Has a kernel thread run a call, and runs until nothing happens any more. */
    public OsUnderTest finish(Call<?> call) {
        os.platform().scheduler().start("test", Priority.KERNEL, call);
        if (kernel.run(Long.MAX_VALUE, ENOUGH_EVENTS) != Kernel.End.QUIET) {
            List<String> steps = recorder.steps();
            throw new AssertionError(
                    "still runs: " + steps.subList(steps.size() - 20, steps.size()));
        }
        return this;
    }

    /** Runs until a step begins, to ten nanoseconds. */
    public OsUnderTest runToStep(String label) {
        while (!recorder.steps().contains(label)) {
            runFor(10_000);
        }
        return this;
    }

    /** Runs for so many picoseconds. */
    public OsUnderTest runFor(long ps) {
        kernel.run(kernel.nowPs() + ps, Long.MAX_VALUE);
        return this;
    }

    /** Boots and runs until nothing happens any more. */
    public OsUnderTest run() {
        os.boot();
        kernel.runUntilQuiet();
        return this;
    }
}
