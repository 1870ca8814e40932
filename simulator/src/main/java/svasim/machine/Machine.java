package svasim.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import svasim.check.Bounds;
import svasim.check.Checker;
import svasim.check.Violation;
import svasim.device.DeviceDriver;
import svasim.guest.Guest;
import svasim.guest.GuestDevice;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.fault.FaultConfig;
import svasim.machine.fault.Faults;
import svasim.machine.fault.Victims;
import svasim.os.Os;
import svasim.os.OsConfig;
import svasim.os.OsSurroundings;
import svasim.os.defect.Defects;
import svasim.os.iommu.FaultQueue;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;
import svasim.os.program.ProcessSpec;
import svasim.os.task.StepOrder;
import svasim.stats.Statistics;

/** A whole machine: hardware, operating system with its drivers, processes, checker. */
public final class Machine {
    private final Hardware hardware;
    private final Os os;
    private final Drivers drivers;
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
        drivers = new Drivers(hardware, os);
        drivers.addIommus(plan.machine().iommu());
        drivers.addDevices(plan.assigned());
        drivers.addPorts();
        Victims victims = new MachineVictims(os, this::guests);
        new Faults(plan.faults(), hardware, victims, hardware.kernel(), hardware.trace());
        plan.processes().forEach(os::add);
        guests = new Guests(hardware, plan.machine().iommu(), os, drivers::of, guestChecks);
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
        DeviceDriver own = drivers.of(device);
        DeviceDriver driver = own == null ? guests.driver(device) : own;
        FeatureSubset wanted = driver == null ? FeatureSubset.NONE : driver.subset();
        return wanted == FeatureSubset.NONE && device.features().atsEnabled()
                ? FeatureSubset.ATS_ALONE
                : wanted;
    }

    /** What the machine has that the real platform lacks; one line each. */
    public List<String> hypothetical() {
        List<String> lines = new ArrayList<>();
        drivers.iommus().forEach(iommu -> lines.addAll(iommu.hypothetical()));
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
