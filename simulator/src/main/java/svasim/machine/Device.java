package svasim.machine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.device.DeviceDriver;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.DriverHost;
import svasim.device.FunctionProfile;
import svasim.os.iommu.PciPath;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.pcie.endpoint.Function;
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

    Device(String name, int requesterId, DeviceConfig config, Port port, Hardware hardware) {
        this.port = port;
        integrated = config.port() == null;
        Configured<?> kind = Configured.of(DeviceModels.named(config.model()), config.config());
        EndpointConfig endpoint =
                config.endpoint() == null ? kind.profile().endpoint() : config.endpoint();
        function = new Function(name, requesterId, endpoint, port, hardware.host());
        bars = new TreeMap<>(kind.profile().bars());
        model =
                kind.create(
                        new DeviceHost(
                                name,
                                function,
                                hardware.kernel(),
                                hardware.trace(),
                                hardware.statistics()));
        driver = kind::driver;
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
            return provider.create(config, host);
        }

        DeviceDriver driver(DriverHost host) {
            return provider.driver(config, host);
        }
    }

    /** A new driver for the device. */
    DeviceDriver driver(DriverHost host) {
        return driver.apply(host);
    }

    /** Numbers of the base address registers that the function has. */
    List<Integer> bars() {
        return List.copyOf(bars.keySet());
    }

    /** Firmware gives the base address registers their places. */
    void placeBars() {
        bars.forEach((bar, size) -> function.addBar(bar, size.bytes()));
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
