package svasim.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import svasim.device.ComposingDriver;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.device.MediatedDevice;
import svasim.device.MediatedHost;
import svasim.guest.ComposedFunction;
import svasim.guest.Guest;
import svasim.guest.GuestConfig;
import svasim.guest.GuestDevice;
import svasim.guest.GuestFunction;
import svasim.guest.GuestHost;
import svasim.guest.SharedFaults;
import svasim.guest.ViommuConfig;
import svasim.guest.Vmm;
import svasim.os.Os;
import svasim.os.iommu.DirectDma;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;

/** Puts virtual machines together, on a machine that is there. */
final class Guests {
    private final Hardware hardware;
    private final GuestHost host;
    private final IommuConfig iommu;
    private final Map<String, Guest> guests = new LinkedHashMap<>();
    private final GuestChecks checks;
    private final Function<PciDevice, DeviceDriver> drivers;
    private final Map<PciDevice, DeviceDriver> inGuests = new LinkedHashMap<>();

    /** Page requests for guests, of devices that are divided. */
    private final Map<PciDevice, SharedFaults> faults = new LinkedHashMap<>();

    /**
     * @param drivers of the host, by their device
     * @param checks hold invariants against the guests
     */
    Guests(
            Hardware hardware,
            IommuConfig iommu,
            Os os,
            Function<PciDevice, DeviceDriver> drivers,
            GuestChecks checks) {
        this.drivers = drivers;
        this.hardware = hardware;
        this.iommu = iommu;
        this.checks = checks;
        host =
                new GuestHost(
                        os,
                        hardware.trace(),
                        hardware.statistics(),
                        hardware.memory(),
                        hardware.frames(),
                        hardware.cores().config(),
                        hardware.bus(),
                        hardware.routes());
    }

    void add(GuestPlan plan) {
        Guest guest = new Guest(plan.name(), guests.size(), plan.config(), host);
        guests.put(plan.name(), guest);
        if (plan.config().devices().values().stream().anyMatch(one -> one.compose() != null)) {
            guest.addNumbers();
        }
        if (seesIommu(plan.config())) {
            guest.addIommu(
                    new VirtualIommu(
                            guest, iommu.emulated(plan.config().viommu()), hardware.timing()));
        }
        List<GuestFunction> functions = new ArrayList<>();
        List<ComposedFunction> parts = new ArrayList<>();
        plan.config()
                .devices()
                .forEach(
                        (name, device) -> {
                            if (device.assign() != null) {
                                functions.add(assign(guest, name, device.assign()));
                            } else {
                                parts.add(compose(guest, name, device));
                            }
                        });
        checks.add(guest);
        plan.processes().forEach(guest.os()::add);
        Vmm.add(guest, functions, parts, host.os(), hardware.routes());
    }

    private boolean seesIommu(GuestConfig config) {
        ViommuConfig.Mode mode = config.viommu().mode();
        return mode == null
                ? !config.devices().isEmpty() && iommu.unit().nests()
                : mode != ViommuConfig.Mode.NONE;
    }

    private GuestFunction assign(Guest guest, String name, String physical) {
        Device device = hardware.devices().get(physical);
        PciDevice known = host.os().device(device.function().requesterId());
        Map<Integer, GuestFunction.Bar> bars = new TreeMap<>();
        device.barSizes()
                .forEach(
                        (bar, size) ->
                                bars.put(
                                        bar,
                                        new GuestFunction.Bar(
                                                device.function().barAddress(bar), size.bytes())));
        GuestFunction function = guest.addFunction(name, known, bars);
        addDriver(guest, function, device, device::driver);
        return function;
    }

    private ComposedFunction compose(Guest guest, String name, GuestDevice wanted) {
        Device device = hardware.devices().get(wanted.compose());
        PciDevice known = host.os().device(device.function().requesterId());
        if (!(drivers.apply(known) instanceof ComposingDriver composer)) {
            throw new IllegalArgumentException(wanted.compose() + " cannot be divided");
        }
        MediatedDevice composed =
                composer.compose(
                        wanted.queue(),
                        new MediatedHost(
                                guest.name() + "." + name,
                                guest.numbers().set(),
                                guest::interrupt));
        GuestFunction function = guest.addComposed(name, known, composed);
        addDriver(guest, function, device, host -> device.driverOfPart(wanted.queue(), host));
        return new ComposedFunction(
                function, composed, faults.computeIfAbsent(known, shared -> new SharedFaults()));
    }

    private void addDriver(
            Guest guest,
            GuestFunction function,
            Device device,
            Function<DriverHost, DeviceDriver> maker) {
        Os os = guest.os();
        IommuDriver iommu = guest.iommu();
        PciDevice known =
                os.addDevice(
                        function.name(),
                        function.requesterId(),
                        new PciFeatures(function.configuration(), device.path()),
                        iommu);
        DeviceDriver driver =
                maker.apply(
                        new DriverHost(
                                known,
                                function.bars(),
                                device.function()::look,
                                os.sva(),
                                iommu == null ? new DirectDma(guest.frames()) : iommu.dma(),
                                guest.interrupts(),
                                os.platform(),
                                guest.statistics()));
        inGuests.put(known, driver);
        known.errorHandlers(os.sva().errorHandlers(known, driver.errorHandlers()));
        os.add(driver, os.sva().probe(known, driver.subset(), driver.probe()));
    }

    /** The driver that a device of a guest has there; null for a device of the host. */
    DeviceDriver driver(PciDevice device) {
        return inGuests.get(device);
    }

    /** In the order of adding. */
    Map<String, Guest> all() {
        return Collections.unmodifiableMap(guests);
    }
}
