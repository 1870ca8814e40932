package svasim.machine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.iommu.core.Iommu;
import svasim.os.Os;
import svasim.os.defect.Defect;
import svasim.os.iommu.DirectDma;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.iommu.PciPath;
import svasim.os.iommu.UnitSite;
import svasim.os.pci.PciePort;
import svasim.pcie.fabric.Port;
import svasim.pcie.fabric.RootPort;

/** The drivers of the machine's own system: for its IOMMUs, its devices and its ports. */
final class Drivers {
    private final Hardware hardware;
    private final Os os;
    private final Map<String, IommuDriver> iommus = new LinkedHashMap<>();
    private final Map<PciDevice, DeviceDriver> drivers = new LinkedHashMap<>();

    Drivers(Hardware hardware, Os os) {
        this.hardware = hardware;
        this.os = os;
    }

    /** Those of IOMMUs, in the order of the units. */
    Collection<IommuDriver> iommus() {
        return iommus.values();
    }

    /** The driver of a device; null if a guest has it. */
    DeviceDriver of(PciDevice device) {
        return drivers.get(device);
    }

    /** One for each unit; probed first. */
    void addIommus(IommuConfig config) {
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

    /** Their drivers hear of errors and of links that go down. */
    void addPorts() {
        hardware.ports().forEach(this::addPort);
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

    /**
     * The system finds virtual functions when their physical functions have enabled them.
     *
     * @param assigned names of those that guests have
     */
    void addDevices(Set<String> assigned) {
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
}
