package svasim.machine;

import java.util.HashMap;
import java.util.Map;
import svasim.iommu.core.Iommu;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.fabric.Host;
import svasim.pcie.fabric.Port;
import svasim.pcie.fabric.RootComplex;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.fabric.Switch;
import svasim.pcie.fabric.SwitchConfig;
import svasim.pcie.fabric.SwitchPort;

/**
 * Finds ports and switches and numbers their buses as firmware does, depth first: a bus behind each
 * port, in the order of names, one inside each switch, and one of the root complex for integrated
 * endpoints. Bridges are told the buses behind them.
 */
final class Enumeration {
    /** Bus of the accelerators that are integrated in a Sapphire Rapids socket. */
    private static final int INTEGRATED_BUS = 0x6A;

    private static final int BUS_SHIFT = 8;
    private static final int DEVICE_SHIFT = 3;

    private final Map<String, SwitchConfig> switches;
    private final RootComplex rootComplex;
    private final Iommu iommu;
    private final Host host;
    private final Map<String, Port> ports = new HashMap<>();
    private final Map<String, Integer> buses = new HashMap<>();
    private final Map<String, Integer> used = new HashMap<>();
    private int lastBus;

    Enumeration(MachineConfig config, RootComplex rootComplex, Iommu iommu, Host host) {
        this.switches = config.switches();
        this.rootComplex = rootComplex;
        this.iommu = iommu;
        this.host = host;
        config.ports().forEach((name, port) -> place(name, rootComplex.addPort(name, port, iommu)));
    }

    /** Numbers the bus behind a port, and everything below. */
    private void place(String name, Port port) {
        int bus = nextBus();
        ports.put(name, port);
        buses.put(name, bus);
        switches.forEach(
                (switchName, its) -> {
                    if (its.port().equals(name)) {
                        placeSwitch(switchName, its, port, bus);
                    }
                });
    }

    private void placeSwitch(String name, SwitchConfig config, Port above, int bus) {
        Switch placed = new Switch(name, bus << BUS_SHIFT, config, above, host);
        int inside = nextBus();
        for (String portName : config.ports().keySet()) {
            SwitchPort port = placed.port(portName);
            int secondary = lastBus + 1;
            place(name + "." + portName, port);
            tell(port.configuration(), inside, secondary);
        }
        tell(placed.configuration(), bus, inside);
    }

    private int nextBus() {
        lastBus = lastBus + 1 == INTEGRATED_BUS ? lastBus + 2 : lastBus + 1;
        return lastBus;
    }

    private void tell(ConfigurationSpace bridge, int primary, int secondary) {
        bridge.write(BridgeHeader.PRIMARY_BUS, 1, primary);
        bridge.write(BridgeHeader.SECONDARY_BUS, 1, secondary);
        bridge.write(BridgeHeader.SUBORDINATE_BUS, 1, lastBus);
    }

    /**
     * The port that a device is attached to; a new one for an integrated device.
     *
     * @param name null for an integrated device
     */
    Port port(String name, String device) {
        return name == null
                ? rootComplex.addPort(
                        device + ".internal", new RootPortConfig(true, null, null), iommu)
                : ports.get(name);
    }

    /**
     * Requester ID of the next function behind a port.
     *
     * @param port null for an integrated endpoint
     */
    int nextFunction(String port) {
        int number = used.merge(port == null ? "" : port, 1, Integer::sum);
        return port == null
                ? INTEGRATED_BUS << BUS_SHIFT | number << DEVICE_SHIFT
                : buses.get(port) << BUS_SHIFT | number - 1;
    }
}
