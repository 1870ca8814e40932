package svasim.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import svasim.iommu.core.Iommu;
import svasim.pcie.endpoint.Function;
import svasim.pcie.fabric.AccessControlConfig;
import svasim.pcie.fabric.Host;
import svasim.pcie.fabric.Port;
import svasim.pcie.fabric.RootComplex;
import svasim.pcie.fabric.RootPort;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.fabric.Switch;
import svasim.pcie.fabric.SwitchConfig;
import svasim.pcie.fabric.SwitchPort;

/**
 * Finds ports and switches and numbers their buses as firmware does, depth first: a bus behind each
 * port, in the order of names, one inside each switch, and one of the root complex for integrated
 * endpoints. Bridges are told the buses behind them, and the addresses when BARs are placed.
 */
final class Enumeration {
    private static final int ROOT_BUS = 0;

    /** Bus of the accelerators that are integrated in a Sapphire Rapids socket. */
    private static final int INTEGRATED_BUS = 0x6A;

    private static final int BUS_SHIFT = 8;
    private static final int DEVICE_SHIFT = 3;

    private final Map<String, SwitchConfig> switches;
    private final RootComplex rootComplex;
    private final Units units;
    private final Host host;

    /** Depth first. */
    private final Map<String, Port> ports = new LinkedHashMap<>();

    private final Map<String, Integer> buses = new HashMap<>();
    private final Map<String, Integer> used = new HashMap<>();
    private final Functions functions;
    private int lastBus = ROOT_BUS;

    Enumeration(MachineConfig config, RootComplex rootComplex, Units units, Host host) {
        this.switches = config.switches();
        this.functions = new Functions(config.devices());
        this.rootComplex = rootComplex;
        this.units = units;
        this.host = host;
        config.ports().forEach((name, port) -> placeRoot(name, port, config.ports().keySet()));
    }

    private void placeRoot(String name, RootPortConfig config, Collection<String> peers) {
        RootPort port = rootComplex.addPort(name, config, units.aboveRootPort(name));
        int secondary = lastBus + 1;
        place(name, port);
        port.header().buses(ROOT_BUS, secondary, lastBus);
        controlEgress(config.accessControl(), peers, port::controlEgress);
    }

    /** Ports that devices can be attached to, by the names that scenarios give. */
    Map<String, Port> ports() {
        return ports;
    }

    /** Numbers the bus behind a port, and everything below. */
    private void place(String name, Port port) {
        int bus = nextBus();
        ports.put(name, port);
        buses.put(name, bus);
        for (int i = 0; i < functions.furtherBuses(name); i++) {
            nextBus();
        }
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
        config.ports()
                .forEach(
                        (portName, its) -> {
                            SwitchPort port = placed.port(portName);
                            int secondary = lastBus + 1;
                            place(name + "." + portName, port);
                            port.header().buses(inside, secondary, lastBus);
                            controlEgress(
                                    its.accessControl(),
                                    config.ports().keySet(),
                                    port::controlEgress);
                        });
        placed.header().buses(bus, inside, lastBus);
    }

    /** Peers have numbers in the order of their names. */
    private static void controlEgress(
            AccessControlConfig config, Collection<String> peers, IntConsumer control) {
        if (config.egressControl() != null) {
            List<String> numbered = new ArrayList<>(peers);
            config.egressControl().forEach(peer -> control.accept(numbered.indexOf(peer)));
        }
    }

    private int nextBus() {
        lastBus = lastBus + 1 == INTEGRATED_BUS ? lastBus + 2 : lastBus + 1;
        return lastBus;
    }

    /**
     * The port that a device is attached to; a new one for an integrated device.
     *
     * @param name null for an integrated device
     */
    Port port(String name, String device) {
        return name == null
                ? rootComplex.addPort(
                        device + ".internal",
                        new RootPortConfig(true, null, null),
                        units.aboveIntegrated(device))
                : ports.get(name);
    }

    /**
     * The unit above a device; null if there is none.
     *
     * @param port null for an integrated device
     */
    Iommu unit(String port, String device) {
        return port == null ? units.aboveIntegrated(device) : units.aboveRootPort(rootPort(port));
    }

    private String rootPort(String port) {
        int dot = port.indexOf('.');
        return dot < 0 ? port : rootPort(switches.get(port.substring(0, dot)).port());
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

    /**
     * Gives a function the capability to have a number above 7, if some function of its device has
     * one and the port forwards it.
     *
     * @param port null for an integrated endpoint
     */
    void tellAri(String port, Function function) {
        if (port != null && functions.needAri(port) && ports.get(port).forwardsAri()) {
            int following = used.get(port);
            function.ari(following < functions.ofTheirOwn(port) ? following : 0);
        }
    }

    /**
     * Calls an action for each device, the integrated ones first, then depth first: so that what is
     * behind one port has addresses next to each other.
     */
    void depthFirst(Collection<Device> devices, Consumer<Device> action) {
        devices.stream().filter(device -> device.port().integrated()).forEach(action);
        for (Port port : ports.values()) {
            devices.stream().filter(device -> device.port() == port).forEach(action);
        }
    }
}
