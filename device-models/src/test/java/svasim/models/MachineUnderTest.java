package svasim.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.FunctionProfile;
import svasim.kernel.Kernel;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.os.iommu.PciFeatures;
import svasim.os.iommu.PciPath;
import svasim.pcie.config.ExpressCapability;
import svasim.pcie.endpoint.Function;
import svasim.pcie.fabric.Host;
import svasim.pcie.fabric.RootComplex;
import svasim.pcie.fabric.RootComplexConfig;
import svasim.pcie.fabric.RootPort;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.tlp.CompletionStatus;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** A device behind a root port, memory, and a {@link PagedAgent}; no cores and no kernel. */
public final class MachineUnderTest {
    public static final int RID = 0x0100;
    public static final int PASID = 7;

    /** Where processes' pages of the tests lie in memory. */
    private static final long FIRST_FRAME = 0x100_0000L;

    private static final long PAGE = 4096;
    private static final long REGISTERS = 4096;
    private static final int PAGE_REQUESTS = 32;

    private final Kernel kernel = new Kernel();
    private final Trace trace = new Trace(kernel);
    private final Statistics statistics = new Statistics();
    private final PhysicalMemory memory = new PhysicalMemory();
    private final PagedAgent agent = new PagedAgent(kernel);
    private final List<Integer> interrupts = new ArrayList<>();
    private final RootComplex complex;
    private final Function function;
    private final PciFeatures features;
    private final FunctionProfile profile;
    private DeviceModel device;
    private Supplier<MachineUnderTest> again;
    private long nextFrame = FIRST_FRAME;

    private MachineUnderTest(FunctionProfile profile) {
        this.profile = profile;
        MemoryTiming timing = new MemoryTiming(MemoryConfig.defaults());
        Host host =
                new Host(
                        kernel,
                        trace,
                        statistics,
                        memory,
                        timing,
                        (address, data, nowPs) -> interrupts.add(data));
        complex = new RootComplex("rc", new RootComplexConfig(), host);
        RootPort port = complex.addPort("rp0", new RootPortConfig(true, null, null), agent);
        function = new Function("dev", RID, profile.endpoint(), port, host, profile.image());
        profile.bars().forEach((bar, size) -> function.addBar(bar, size.bytes()));
        features = new PciFeatures(function.configuration(), PciPath.INTEGRATED);
        enable();
    }

    public static <C extends Record> MachineUnderTest with(
            DeviceModelProvider<C, ?> provider, C config) {
        MachineUnderTest machine = new MachineUnderTest(provider.profile(config));
        DeviceHost host =
                new DeviceHost(
                        "dev",
                        machine.function,
                        machine.kernel,
                        machine.trace,
                        machine.statistics,
                        null);
        machine.device = provider.attach(config, host);
        machine.again = () -> with(provider, config);
        return machine;
    }

    /** The same, as it was before anybody told it anything. */
    MachineUnderTest fresh() {
        return again.get();
    }

    /** Function-level reset, as software asks for it in configuration space. */
    public void reset() {
        int control =
                function.configuration().read(ExpressCapability.DEVICE_CONTROL, Short.BYTES)
                        | ExpressCapability.INITIATE_RESET;
        function.configuration().write(ExpressCapability.DEVICE_CONTROL, Short.BYTES, control);
    }

    /** Hot reset of the link that the function is on. */
    void hotReset() {
        function.hotReset(kernel.nowPs());
    }

    /** What the first registers behind each BAR show. */
    Map<String, Long> registers() {
        Map<String, Long> shown = new TreeMap<>();
        profile.bars()
                .forEach(
                        (bar, size) -> {
                            long end = Math.min(size.bytes(), REGISTERS);
                            for (int at = 0; at < end; at += Long.BYTES) {
                                shown.put(bar + "." + at, read(bar, at, Long.BYTES));
                            }
                        });
        return shown;
    }

    /** Switches on PASID, ATS and PRI as far as the function has them. */
    public void enable() {
        features.enableMemory();
        if (features.hasPasid()) {
            features.enablePasid();
        }
        if (features.hasAts()) {
            features.enableAts();
        }
        if (features.hasPri()) {
            features.enablePri(PAGE_REQUESTS);
        }
    }

    public Kernel kernel() {
        return kernel;
    }

    public Trace trace() {
        return trace;
    }

    public Statistics statistics() {
        return statistics;
    }

    public PagedAgent agent() {
        return agent;
    }

    public PciFeatures features() {
        return features;
    }

    public Function function() {
        return function;
    }

    public DeviceModel device() {
        return device;
    }

    public FunctionProfile profile() {
        return profile;
    }

    /** Data words of the interrupts so far. */
    public List<Integer> interrupts() {
        return interrupts;
    }

    public void run() {
        kernel.runUntilQuiet();
    }

    public void runFor(long ps) {
        kernel.run(kernel.nowPs() + ps, Long.MAX_VALUE);
    }

    public void write(int bar, long offset, byte[] data) {
        complex.writeMmio(function.barAddress(bar) + offset, data);
    }

    /**
     * ENQCMD of a core: a deferrable write.
     *
     * @return whether the device took it
     */
    public boolean enqueue(int bar, long offset, byte[] data) {
        List<CompletionStatus> answers = new ArrayList<>();
        complex.writeDeferrable(
                function.barAddress(bar) + offset, data, (status, nowPs) -> answers.add(status));
        while (answers.isEmpty()) {
            runFor(10_000);
        }
        return answers.get(0) == CompletionStatus.SUCCESS;
    }

    public void write64(int bar, long offset, long value) {
        write(bar, offset, bytes(value, Long.BYTES));
    }

    public void write32(int bar, long offset, int value) {
        write(bar, offset, bytes(value, Integer.BYTES));
    }

    public long read(int bar, long offset, int bytes) {
        return complex.readMmio(function.barAddress(bar) + offset, bytes);
    }

    /** Gives the process pages of zeroes from this address on. */
    public void map(int pasid, long va, long bytes) {
        for (long at = va & -PAGE; at < va + bytes; at += PAGE) {
            agent.map(pasid, at, nextFrame, true);
            nextFrame += PAGE;
        }
    }

    /** Stores bytes of a process; its pages must be mapped. */
    public void store(int pasid, long va, byte[] data) {
        for (int i = 0; i < data.length; i++) {
            memory.write(agent.physical(pasid, va + i), data, i, 1);
        }
    }

    public byte[] load(int pasid, long va, int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            memory.read(agent.physical(pasid, va + i), data, i, 1);
        }
        return data;
    }

    private static byte[] bytes(long value, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        byte[] all = buffer.putLong(value).array();
        return Arrays.copyOf(all, count);
    }
}
