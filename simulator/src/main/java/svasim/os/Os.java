package svasim.os;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.cpu.Interrupts;
import svasim.os.defect.Defect;
import svasim.os.file.FileOperations;
import svasim.os.file.Files;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.IommuGroups;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.iommu.PciPath;
import svasim.os.mm.AddressSpaces;
import svasim.os.pci.PciePort;
import svasim.os.pci.PortDriver;
import svasim.os.pci.RemovalServices;
import svasim.os.pci.RemoveDevice;
import svasim.os.pci.ResetFunction;
import svasim.os.procedure.Call;
import svasim.os.process.Process;
import svasim.os.process.Processes;
import svasim.os.program.ProcessSpec;
import svasim.os.reference.References;
import svasim.os.sva.Policies;
import svasim.os.sva.Sva;
import svasim.os.task.Platform;
import svasim.os.task.Priority;
import svasim.os.task.Scheduler;
import svasim.os.task.WaitReport;
import svasim.os.task.WorkQueue;
import svasim.pcie.config.ConfigurationSpace;

/**
 * The operating system. The machine adds IOMMU drivers, devices and device nodes, then processes,
 * and {@linkplain #boot boots} it: drivers are probed in the order of adding, then the processes
 * start.
 */
public final class Os {
    private final OsConfig config;
    private final Interrupts interrupts;
    private final Platform platform;
    private final AddressSpaces spaces;
    private final Files files;
    private final Sva sva;
    private final Processes processes;
    private final Map<String, FileOperations> nodes = new LinkedHashMap<>();
    private final IommuGroups groups;
    private final List<PciDevice> devices = new ArrayList<>();
    private final List<Call<?>> bootSteps = new ArrayList<>();

    public Os(OsConfig config, OsSurroundings machine) {
        this.config = config;
        machine.trace().add(new ExitLatency(machine.statistics()));
        machine.trace().add(new PageRequestLatency(machine.statistics()));
        this.interrupts = machine.interrupts();
        Scheduler scheduler =
                new Scheduler(
                        config.scheduler(), machine.kernel(), machine.trace(), machine.cores());
        this.platform =
                new Platform(
                        machine.kernel(),
                        machine.trace(),
                        machine.statistics(),
                        machine.memory(),
                        machine.frames(),
                        machine.cores(),
                        scheduler,
                        new WorkQueue("events", 1, scheduler),
                        new References(machine.trace()),
                        machine.defects());
        this.groups = new IommuGroups(config.iommu());
        this.spaces = new AddressSpaces(config.memory(), platform);
        this.files = new Files(platform);
        this.sva = new Sva(Policies.named(config.policy()), config.pasids(), platform);
        this.processes = new Processes(platform, spaces, files, new NodeTable(), sva::threadExits);
    }

    /** What programs see of devices. */
    private final class NodeTable implements Processes.Devices {
        @Override
        public FileOperations node(String device) {
            return nodes.get(device);
        }

        @Override
        public Call<?> reset(String device) {
            return devices.stream()
                    .filter(known -> known.name().equals(device) && known.iommu() != null)
                    .findFirst()
                    .<Call<?>>map(known -> ResetFunction.call(known, platform))
                    .orElse(null);
        }

        @Override
        public Call<?> removal(String device) {
            return Os.this.removal(device);
        }

        @Override
        public Call<?> unload(String device) {
            Call<?> remove = nodes.remove(device).remove();
            return devices.stream()
                    .filter(known -> known.name().equals(device))
                    .findFirst()
                    .<Call<?>>map(known -> sva.driverGone(known, remove))
                    .orElse(remove);
        }
    }

    /** Null for a device that nobody drives any more. */
    private Call<?> removal(String name) {
        if (!nodes.containsKey(name)) {
            return null;
        }
        RemovalServices services =
                new RemovalServices(files, spaces, nodes::remove, sva::driverGone);
        return devices.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .<Call<?>>map(known -> RemoveDevice.call(known, nodes.get(name), services))
                .orElse(null);
    }

    /** From now on the bytes that a buffer has at the end of its process can be asked for. */
    public void keepAtExit(String process, String buffer) {
        processes.keepAtExit(process, buffer);
    }

    public OsConfig config() {
        return config;
    }

    /** What drivers need of the rest of the system. */
    public Platform platform() {
        return platform;
    }

    /** Interrupt lines for drivers. */
    public Interrupts interrupts() {
        return interrupts;
    }

    /** Binding of devices to address spaces, for drivers. */
    public Sva sva() {
        return sva;
    }

    public AddressSpaces spaces() {
        return spaces;
    }

    public Files files() {
        return files;
    }

    /** An IOMMU; probed at boot. */
    public void add(IommuDriver driver) {
        bootSteps.add(driver.probe());
    }

    /**
     * A device with a configuration space of its own.
     *
     * @param iommu the driver of the unit above it, or null
     */
    public PciDevice addDevice(
            String name,
            int requesterId,
            ConfigurationSpace space,
            PciPath path,
            IommuDriver iommu) {
        return addDevice(name, requesterId, new PciFeatures(space, path), iommu);
    }

    /**
     * A device; made known to its IOMMU at boot.
     *
     * @param iommu the driver of the unit above it, or null
     */
    public PciDevice addDevice(
            String name, int requesterId, PciFeatures features, IommuDriver iommu) {
        if (sva.preparesDevices()) {
            features.defer();
        }
        PciDevice device =
                new PciDevice(
                        name,
                        requesterId,
                        features,
                        groups.of(name, requesterId, features.path()),
                        iommu,
                        platform.references().node(name));
        devices.add(device);
        if (platform.defects().has(Defect.S38)) {
            device.presumePresent();
        }
        if (iommu != null) {
            bootSteps.add(iommu.probeDevice(device));
        }
        return device;
    }

    /** A port with a link below; its driver hears of errors and of links that go down. */
    public void add(PciePort port) {
        PortDriver driver = new PortDriver(port, platform, device -> removal(device.name()));
        interrupts.connect(port.wire(), port.name(), 0, driver::interrupt);
    }

    public List<PciDevice> devices() {
        return List.copyOf(devices);
    }

    /** The device with a requester ID, which there is. */
    public PciDevice device(int requesterId) {
        return devices.stream()
                .filter(device -> device.requesterId() == requesterId)
                .findFirst()
                .orElseThrow();
    }

    /** A device node that programs can open; its driver's probe runs at boot. */
    public void add(FileOperations node, Call<?> probe) {
        nodes.put(node.name(), node);
        bootSteps.add(probe);
    }

    /**
     * A process; it starts after the drivers are up, unless another one makes it.
     *
     * @return null for one that another process makes
     */
    public Process add(ProcessSpec spec) {
        return processes.create(spec);
    }

    /** The process with this name, or null. */
    public Process process(String name) {
        return processes.get(name);
    }

    /** Whether a process has been made, has not ended, and no fatal signal is on its way. */
    public boolean lives(String process) {
        return processes.lives(process);
    }

    /** SIGKILL for a process that lives. */
    public void kill(String process) {
        processes.kill(process);
    }

    public List<Process> processes() {
        return processes.all();
    }

    /** Brings everything up, then starts the processes. */
    public void boot() {
        platform.scheduler()
                .start("init", Priority.KERNEL, Boot.call(List.copyOf(bootSteps), processes));
    }

    /** Who waits for what, and who has it, one line each; idle kernel threads are left out. */
    public List<String> waitingFor() {
        return WaitReport.lines(platform.scheduler().tasks());
    }
}
