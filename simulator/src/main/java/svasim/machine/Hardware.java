package svasim.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.cpu.Bus;
import svasim.cpu.Cores;
import svasim.cpu.CpuSurroundings;
import svasim.cpu.InterruptRoutes;
import svasim.cpu.Interrupts;
import svasim.cpu.RegisterWindows;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.fault.FaultSites;
import svasim.memory.DirtyLines;
import svasim.memory.Frames;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.endpoint.Function;
import svasim.pcie.fabric.Host;
import svasim.pcie.fabric.Port;
import svasim.pcie.fabric.RootComplex;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** The parts of a machine, put together and at rest. */
public final class Hardware implements FaultSites {
    /** Below lie the windows of registers and interrupts; frames are handed out above. */
    private static final long FIRST_FRAME = 1L << 32;

    private final Kernel kernel;
    private final Trace trace;
    private final Statistics statistics;
    private final PhysicalMemory memory;
    private final MemoryTiming timing;
    private final Frames frames;

    /** Null if every unit looks into the caches of the cores. */
    private final DirtyLines lines;

    private final Units units;

    /** Of the cores: what they reach besides memory. */
    private final RegisterWindows registers;

    private final RootComplex rootComplex;
    private final Cores cores;
    private final Interrupts interrupts;

    /** Where messages of devices go. */
    private final InterruptRoutes routes = new InterruptRoutes(this::deliver);

    private final Map<String, Device> devices = new TreeMap<>();
    private final Map<String, Port> ports = new TreeMap<>();

    /**
     * @param seed of every random stream
     * @param choices answers of every choice point
     */
    Hardware(MachineConfig config, long seed, Choices choices) {
        this(config, seed, choices, new Statistics());
    }

    Hardware(MachineConfig config, long seed, Choices choices, Statistics statistics) {
        this.statistics = statistics;
        kernel = new Kernel(seed, choices);
        trace = new Trace(kernel);
        memory = new PhysicalMemory(config.memory().base().bytes(), config.memory().size().bytes());
        timing = new MemoryTiming(config.memory());
        frames = new Frames(memory, Math.max(memory.base(), firstFrame()), trace);
        lines = config.iommu().walksAreCoherent() ? null : new DirtyLines(kernel, trace, memory);
        frames.fillThrough(lines);
        units = new Units(config.iommu(), name -> iommu(name, config.iommu()));
        rootComplex = new RootComplex("rc0", config.rootComplex(), host());
        registers = new RegisterWindows(new FabricBus(rootComplex));
        units.addRegisters(registers);
        cores =
                new Cores(
                        config.cpu(),
                        new CpuSurroundings(
                                kernel, trace, statistics, memory, frames, registers, lines));
        units.listen(cores);
        interrupts = new Interrupts(kernel, trace, cores);
        plugIn(config);
    }

    private long firstFrame() {
        return memory.end() > 2 * FIRST_FRAME ? FIRST_FRAME : memory.base() + (1 << 24);
    }

    private void plugIn(MachineConfig config) {
        Enumeration found = new Enumeration(config, rootComplex, units, host());
        ports.putAll(found.ports());
        config.devices()
                .forEach(
                        (name, device) -> {
                            if (device.physicalFunction() == null) {
                                plugIn(name, device, found);
                            }
                        });
        config.devices().forEach(this::addVirtual);
        found.depthFirst(devices.values(), this::placeBars);
    }

    private void plugIn(String name, DeviceConfig config, Enumeration found) {
        int requesterId = found.nextFunction(config.port());
        Port port = found.port(config.port(), name);
        Device device = new Device(name, requesterId, config, port, this);
        found.tellAri(config.port(), device.function());
        device.below(found.unit(config.port(), name));
        devices.put(name, device);
    }

    private void addVirtual(String name, DeviceConfig config) {
        if (config.physicalFunction() != null) {
            Device physical = devices.get(config.physicalFunction());
            devices.put(name, new Device(name, config, physical, this));
        }
    }

    private void placeBars(Device device) {
        if (!device.isVirtual()) {
            device.placeBars();
            List<Device> virtual =
                    devices.values().stream().filter(one -> one.physical() == device).toList();
            if (!virtual.isEmpty()) {
                device.placeVirtual(virtual);
            }
        }
    }

    private Iommu iommu(String name, IommuConfig config) {
        Surroundings around =
                new Surroundings(
                        name,
                        kernel,
                        trace,
                        statistics,
                        memory,
                        timing.farther(config.toMemory().value()),
                        lines,
                        this::deliver);
        return config.unit(around);
    }

    private void deliver(long address, int data, long nowPs) {
        interrupts.message(address, data, nowPs);
    }

    Host host() {
        return new Host(kernel, trace, statistics, memory, timing, routes);
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

    public PhysicalMemory memory() {
        return memory;
    }

    public Frames frames() {
        return frames;
    }

    /** Every port with a link below, and every place of an integrated endpoint. */
    List<Port> ports() {
        List<Port> all = new ArrayList<>(ports.values());
        devices.values().stream().map(Device::port).filter(Port::integrated).forEach(all::add);
        return all;
    }

    /** Name of the port with a requester ID; null if no port has it. */
    public String portName(int requesterId) {
        for (Port port : ports()) {
            if (port.requesterId() == requesterId) {
                return port.name();
            }
        }
        return null;
    }

    /** Configuration space of whoever has a requester ID; null if nobody has. */
    ConfigurationSpace configuration(int requesterId) {
        for (Port port : ports()) {
            if (port.requesterId() == requesterId) {
                return port.configuration();
            }
        }
        return rootComplex.configuration(requesterId);
    }

    @Override
    public Function function(String name) {
        Device device = devices.get(name);
        return device == null ? null : device.function();
    }

    @Override
    public Port port(String name) {
        Device device = devices.get(name);
        return device == null ? ports.get(name) : device.port();
    }

    MemoryTiming timing() {
        return timing;
    }

    /** The machine's IOMMUs. */
    Units units() {
        return units;
    }

    /** Every IOMMU of the machine. */
    public List<Iommu> iommus() {
        List<Iommu> all = new ArrayList<>();
        units.forEach(all::add);
        return all;
    }

    /** The bus of the cores. */
    Bus bus() {
        return registers;
    }

    public RootComplex rootComplex() {
        return rootComplex;
    }

    public Cores cores() {
        return cores;
    }

    /** Which guest has the interrupts of which function. */
    InterruptRoutes routes() {
        return routes;
    }

    public Interrupts interrupts() {
        return interrupts;
    }

    /** Devices by name, in the order of names. */
    public Map<String, Device> devices() {
        return devices;
    }
}
