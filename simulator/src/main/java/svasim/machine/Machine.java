package svasim.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import svasim.check.Bounds;
import svasim.check.Checker;
import svasim.check.Violation;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.guest.Guest;
import svasim.guest.GuestDevice;
import svasim.iommu.core.Iommu;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.fault.FaultConfig;
import svasim.machine.fault.Faults;
import svasim.machine.fault.Victims;
import svasim.os.Os;
import svasim.os.OsConfig;
import svasim.os.OsSurroundings;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.DirectDma;
import svasim.os.iommu.FaultQueue;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.iommu.PciPath;
import svasim.os.iommu.UnitSite;
import svasim.os.pci.PciePort;
import svasim.os.program.ProcessSpec;
import svasim.os.task.StepOrder;
import svasim.pcie.fabric.Port;
import svasim.pcie.fabric.RootPort;
import svasim.stats.Statistics;

/** A whole machine: hardware, operating system with its drivers, processes, checker. */
public final class Machine {
    private final Hardware hardware;
    private final Os os;
    private final Map<String, IommuDriver> iommus = new LinkedHashMap<>();
    private final Map<PciDevice, DeviceDriver> drivers = new LinkedHashMap<>();

    private final Guests guests;

    /** Null if invariants are not checked. */
    private final Checker checker;

    private final GuestChecks guestChecks;

    /**
     * Puts a machine together; it rests until {@link #run}.
     *
     * @param seed of every random stream
     * @param choices answers of every choice point
     */
    public Machine(Plan plan, long seed, Choices choices) {
        this(plan, seed, choices, new Statistics());
    }

    /**
     * As {@link #Machine(Plan, long, Choices)}.
     *
     * @param statistics where the parts register theirs
     */
    public Machine(Plan plan, long seed, Choices choices, Statistics statistics) {
        hardware = new Hardware(plan.machine(), seed, choices, statistics);
        os =
                new Os(
                        plan.os(),
                        new OsSurroundings(
                                hardware.kernel(),
                                hardware.trace(),
                                hardware.statistics(),
                                hardware.memory(),
                                hardware.frames(),
                                hardware.cores(),
                                hardware.interrupts(),
                                plan.defects()));
        MachineProbes probes =
                new MachineProbes(hardware, List.copyOf(hardware.devices().values()), os);
        checker = plan.bounds() == null ? null : checker(probes, plan.bounds());
        guestChecks = new GuestChecks(hardware.trace(), probes, plan.bounds());
        StepOrder order = new StepOrder(plan.order(), hardware.trace()::laneName);
        hardware.trace().add(order);
        os.platform().scheduler().order(order);
        addIommuDrivers(plan.machine().iommu());
        addDevices(plan.assigned());
        hardware.ports().forEach(this::addPort);
        new Faults(plan.faults(), hardware, victims(), hardware.kernel(), hardware.trace());
        plan.processes().forEach(os::add);
        guests = new Guests(hardware, plan.machine().iommu(), os, drivers::get, guestChecks);
        plan.guests().forEach(guests::add);
    }

    /**
     * What a machine is made of.
     *
     * @param processes in the order in which they start
     * @param faults what goes wrong in hardware
     * @param order steps that have to come in this order
     * @param bounds of the invariants; null if they are not held against the run
     * @param guests virtual machines
     */
    public record Plan(
            MachineConfig machine,
            OsConfig os,
            Defects defects,
            List<ProcessSpec> processes,
            List<FaultConfig> faults,
            List<StepOrder.Pair> order,
            Bounds bounds,
            List<GuestPlan> guests) {
        public Plan {
            processes = List.copyOf(processes);
            faults = List.copyOf(faults);
            order = List.copyOf(order);
            guests = List.copyOf(guests);
        }

        /** Devices that are given to virtual machines as they are. */
        private Set<String> assigned() {
            return guests.stream()
                    .flatMap(guest -> guest.config().devices().values().stream())
                    .map(GuestDevice::assign)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }

        /** Without virtual machines. */
        public Plan(
                MachineConfig machine,
                OsConfig os,
                Defects defects,
                List<ProcessSpec> processes,
                List<FaultConfig> faults,
                List<StepOrder.Pair> order,
                Bounds bounds) {
            this(machine, os, defects, processes, faults, order, bounds, List.of());
        }

        /** Steps come in the order that comes about; invariants are checked. */
        public Plan(
                MachineConfig machine, OsConfig os, Defects defects, List<ProcessSpec> processes) {
            this(machine, os, defects, processes, List.of(), List.of(), Bounds.defaults());
        }
    }

    private Checker checker(MachineProbes probes, Bounds bounds) {
        Checker invariants = new Checker(hardware.kernel(), hardware.trace(), probes, bounds);
        hardware.trace().add(invariants);
        return invariants;
    }

    private Victims victims() {
        return new Victims() {
            @Override
            public boolean lives(String name) {
                Guest guest = guests.of(name);
                return guest == null
                        ? os.lives(name)
                        : guest.state() == Guest.State.RUNNING
                                && guest.os().lives(inside(guest, name));
            }

            @Override
            public void kill(String name) {
                Guest guest = guests.of(name);
                if (guest == null) {
                    os.kill(name);
                } else {
                    guest.os().kill(inside(guest, name));
                }
            }

            private String inside(Guest guest, String name) {
                return name.substring(guest.name().length() + 1);
            }

            @Override
            public void moveMemory(String guest) {
                if (guests().containsKey(guest)) {
                    guests().get(guest).moveMemory();
                }
            }
        };
    }

    private void addIommuDrivers(IommuConfig config) {
        hardware.units()
                .forEach(
                        unit -> {
                            int number = iommus.size();
                            IommuDriver driver = config.unit().driver(site(config, unit, number));
                            os.add(driver);
                            iommus.put(unit.name(), driver);
                        });
    }

    private UnitSite site(IommuConfig config, Iommu unit, int number) {
        return new UnitSite(
                unit.name(),
                number,
                config.registerBase(number),
                os.config().faultWorkers(),
                os.config().iommu(),
                os.platform(),
                os.interrupts());
    }

    private void addPort(Port port) {
        os.add(
                new PciePort(
                        port.name(),
                        port instanceof RootPort,
                        port.configuration(),
                        port.wire(),
                        () -> behind(port),
                        hardware::configuration));
    }

    private List<PciDevice> behind(Port port) {
        return os.devices().stream()
                .filter(device -> port.leadsToId(device.requesterId()))
                .toList();
    }

    /** The system finds virtual functions when their physical functions have enabled them. */
    private void addDevices(Set<String> assigned) {
        for (boolean virtual : new boolean[] {false, true}) {
            hardware.devices()
                    .forEach(
                            (name, device) -> {
                                if (device.isVirtual() == virtual) {
                                    PciDevice known = know(name, device);
                                    addDriver(known, device, assigned.contains(name));
                                }
                            });
        }
    }

    private PciDevice know(String name, Device device) {
        boolean careless = os.platform().defects().has(Defect.S64);
        PciPath path = careless ? device.path().assumedIsolated() : device.path();
        IommuDriver iommu = device.unit() == null ? null : iommus.get(device.unit().name());
        PciFeatures features =
                new PciFeatures(
                        device.function().configuration(), path, device.sharedConfiguration());
        if (os.config().iommu().untrusted().contains(name)) {
            features.distrust();
        }
        return os.addDevice(name, device.function().requesterId(), features, iommu);
    }

    /** A device of a guest has its driver there. */
    private void addDriver(PciDevice known, Device device, boolean ofGuest) {
        if (ofGuest) {
            return;
        }
        IommuDriver iommu = known.iommu();
        Map<Integer, Long> bars = new TreeMap<>();
        for (int bar : device.bars()) {
            bars.put(bar, device.function().barAddress(bar));
        }
        DriverHost host =
                new DriverHost(
                        known,
                        bars,
                        device.function()::look,
                        os.sva(),
                        iommu == null ? new DirectDma(hardware.frames()) : iommu.dma(),
                        os.interrupts(),
                        os.platform(),
                        hardware.statistics());
        DeviceDriver driver = device.driver(host);
        drivers.put(known, driver);
        known.errorHandlers(os.sva().errorHandlers(known, driver.errorHandlers()));
        os.add(driver, os.sva().probe(known, driver.subset(), driver.probe()));
    }

    public Hardware hardware() {
        return hardware;
    }

    public Os os() {
        return os;
    }

    /** Virtual machines, by name. */
    public Map<String, Guest> guests() {
        return guests.all();
    }

    /**
     * Boots and runs until nothing is left to do; call once.
     *
     * @param untilPs simulated time at which it is cut off
     * @param maxEvents events after which it is cut off
     */
    public Kernel.End run(long untilPs, long maxEvents) {
        os.boot();
        Kernel.End end = hardware.kernel().run(untilPs, maxEvents);
        if (end == Kernel.End.QUIET && checker != null) {
            checker.atEnd();
            guestChecks.atEnd();
        }
        return end;
    }

    /** What a device is used with of shared virtual addressing, as it was brought up. */
    public FeatureSubset subset(PciDevice device) {
        DeviceDriver driver = drivers.getOrDefault(device, guests.driver(device));
        FeatureSubset wanted = driver == null ? FeatureSubset.NONE : driver.subset();
        return wanted == FeatureSubset.NONE && device.features().atsEnabled()
                ? FeatureSubset.ATS_ALONE
                : wanted;
    }

    /** What the machine has that the real platform lacks; one line each. */
    public List<String> hypothetical() {
        List<String> lines = new ArrayList<>();
        iommus.values().forEach(iommu -> lines.addAll(iommu.hypothetical()));
        if (os.config().iommu().faultQueue() != FaultQueue.SHARED) {
            lines.add("iommu: fault workers of each PASID apart, which no kernel has");
        }
        if (hardware.cores().usesForeignInstructions()) {
            lines.add("cores: ENQCMD on Arm, which has no such instruction and no IA32_PASID");
        }
        return lines;
    }

    /** Invariants that were found broken; none if they are not checked. */
    public List<Violation> violations() {
        if (checker == null) {
            return List.of();
        }
        List<Violation> all = new ArrayList<>(checker.violations());
        all.addAll(guestChecks.violations());
        return all;
    }

    /** Who waits for what, one line each; empty if nothing is left to do. */
    public List<String> waitingFor() {
        List<String> lines = new ArrayList<>(os.waitingFor());
        hardware.devices()
                .forEach(
                        (name, device) -> {
                            device.model()
                                    .waitingFor()
                                    .forEach(line -> lines.add(name + ": " + line));
                            addIfAny(lines, device.function().waitingFor());
                        });
        hardware.units().forEach(unit -> addIfAny(lines, unit.waitingFor()));
        hardware.ports().forEach(port -> lines.addAll(port.link().waitingFor()));
        guests().values().forEach(guest -> lines.addAll(guest.waitingFor()));
        return lines;
    }

    /** Lines of a part, with its name in each. */
    private static void addIfAny(List<String> lines, String ofPart) {
        ofPart.lines().forEach(lines::add);
    }
}
