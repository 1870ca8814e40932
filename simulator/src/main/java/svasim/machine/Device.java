package svasim.machine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import svasim.device.DeviceDriver;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.DriverHost;
import svasim.device.FunctionProfile;
import svasim.iommu.core.Iommu;
import svasim.os.iommu.PciPath;
import svasim.pcie.config.ConfigurationImage;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.pcie.endpoint.Function;
import svasim.pcie.endpoint.VirtualFunctions;
import svasim.pcie.fabric.Port;
import svasim.units.ByteSize;

/** A device of the machine: its function in its place, and the model behind it. */
public final class Device {
    private final Function function;
    private final Map<Integer, ByteSize> bars;
    private final DeviceModel model;
    private final Port port;

    private final boolean integrated;
    private final java.util.function.Function<DriverHost, DeviceDriver> driver;
    private final BiFunction<String, DriverHost, DeviceDriver> driverOfPart;

    /** The device that this is a virtual function of, or null. */
    private final Device physical;

    /** Null for a device without SR-IOV. */
    private final VirtualFunctions virtualFunctions;

    /** Null if there is none. */
    private Iommu unit;

    /** Makes the function of a device. */
    @FunctionalInterface
    private interface Maker {
        Function make(EndpointConfig endpoint, ConfigurationImage image);
    }

    Device(String name, int requesterId, DeviceConfig config, Port port, Hardware hardware) {
        this(
                name,
                config,
                hardware,
                null,
                (endpoint, image) ->
                        new Function(name, requesterId, endpoint, port, hardware.host(), image));
    }

    /** A virtual function of a device. */
    Device(String name, DeviceConfig config, Device physical, Hardware hardware) {
        this(
                name,
                config,
                hardware,
                physical,
                (endpoint, image) -> physical.virtualFunctions.add(name, endpoint));
    }

    private Device(
            String name, DeviceConfig config, Hardware hardware, Device physical, Maker maker) {
        this.physical = physical;
        Configured<?> kind = Configured.of(DeviceModels.named(config.model()), config.config());
        EndpointConfig endpoint =
                config.endpoint() == null ? kind.profile().endpoint() : config.endpoint();
        function = maker.make(endpoint, kind.profile().image());
        port = function.port();
        integrated = port.integrated();
        virtualFunctions =
                config.virtualFunctions() == null
                        ? null
                        : function.virtualize(config.virtualFunctions());
        bars = new TreeMap<>(kind.profile().bars());
        model =
                kind.create(
                        new DeviceHost(
                                name,
                                function,
                                hardware.kernel(),
                                hardware.trace(),
                                hardware.statistics(),
                                physical == null ? null : physical.model));
        driver = kind::driver;
        driverOfPart = kind::driverOfPart;
    }

    /** A model together with the configuration that it gets. */
    private record Configured<C extends Record>(DeviceModelProvider<C, ?> provider, C config) {
        static <C extends Record> Configured<C> of(
                DeviceModelProvider<C, ?> provider, Record config) {
            C own = config == null ? provider.defaults() : provider.configType().cast(config);
            return new Configured<>(provider, own);
        }

        FunctionProfile profile() {
            return provider.profile(config);
        }

        DeviceModel create(DeviceHost host) {
            return provider.attach(config, host);
        }

        DeviceDriver driver(DriverHost host) {
            return provider.driver(config, host);
        }

        DeviceDriver driverOfPart(String part, DriverHost host) {
            return provider.driver(provider.composed(config, part), host);
        }
    }

    /** Once, before the machine runs: the IOMMU above the device, or null. */
    void below(Iommu above) {
        unit = above;
    }

    /** The IOMMU above the device, or null; that of its physical function is its own. */
    Iommu unit() {
        return physical == null ? unit : physical.unit();
    }

    /** A new driver for the device. */
    DeviceDriver driver(DriverHost host) {
        return driver.apply(host);
    }

    /**
     * A new driver for a device that is composed of a part of this one.
     *
     * @throws IllegalArgumentException if there is no such part
     */
    DeviceDriver driverOfPart(String part, DriverHost host) {
        return driverOfPart.apply(part, host);
    }

    /** Numbers of the base address registers that the function has. */
    List<Integer> bars() {
        return List.copyOf(bars.keySet());
    }

    /** Size of each of them. */
    Map<Integer, ByteSize> barSizes() {
        return Map.copyOf(bars);
    }

    /** Firmware gives the base address registers their places. */
    void placeBars() {
        bars.forEach((bar, size) -> function.addBar(bar, size.bytes()));
    }

    /**
     * Firmware places the base address registers of the virtual functions, and enables them.
     *
     * @param virtual all virtual functions of the device
     */
    void placeVirtual(List<Device> virtual) {
        Map<Integer, Long> largest = new TreeMap<>();
        for (Device one : virtual) {
            one.bars.forEach((bar, size) -> largest.merge(bar, size.bytes(), Math::max));
        }
        largest.forEach(virtualFunctions::addBar);
        virtualFunctions.enable();
    }

    /** Whether this is a virtual function. */
    boolean isVirtual() {
        return physical != null;
    }

    /** The device that this is a virtual function of, or null. */
    Device physical() {
        return physical;
    }

    /** Configuration space with the PASID and PRI of the function. */
    ConfigurationSpace sharedConfiguration() {
        return (physical == null ? function : physical.function).configuration();
    }

    public Function function() {
        return function;
    }

    public DeviceModel model() {
        return model;
    }

    /** What firmware tells the operating system of the way to the IOMMU. */
    PciPath path() {
        if (integrated) {
            return PciPath.INTEGRATED;
        }
        String shared = port.sharedBelow();
        String place = shared == null ? port.name() : shared;
        return new PciPath(place, port.supportsPrefixes(), shared == null, true, false);
    }

    /** The port above the device, or the place of an integrated one. */
    public Port port() {
        return port;
    }
}
