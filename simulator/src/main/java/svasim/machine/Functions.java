package svasim.machine;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import svasim.pcie.endpoint.VirtualFunctionsConfig;
import svasim.units.Require;

/** Numbers of the functions at each port, virtual ones too, before anything is built. */
final class Functions {
    private static final int OF_A_BUS = 256;
    private static final int OF_A_DEVICE = 8;

    private final Map<String, DeviceConfig> devices;

    Functions(Map<String, DeviceConfig> devices) {
        this.devices = devices;
    }

    /** Functions at a port that are no virtual ones. */
    int ofTheirOwn(String port) {
        return (int) devices.values().stream().filter(device -> isAt(port, device)).count();
    }

    /** Whether some function at a port has a number above 7. */
    boolean needAri(String port) {
        return numbers(port).last() >= OF_A_DEVICE;
    }

    /** Buses behind a port that virtual functions take besides the first. */
    int furtherBuses(String port) {
        TreeSet<Integer> numbers = numbers(port);
        return numbers.isEmpty() ? 0 : numbers.last() / OF_A_BUS;
    }

    private static boolean isAt(String port, DeviceConfig device) {
        return device.physicalFunction() == null && Objects.equals(port, device.port());
    }

    /**
     * Numbers on the first bus behind a port, going on with those on the next; those of integrated
     * endpoints have device numbers in front.
     *
     * @param port null for integrated endpoints
     */
    private TreeSet<Integer> numbers(String port) {
        TreeSet<Integer> numbers = new TreeSet<>();
        int step = port == null ? OF_A_DEVICE : 1;
        int own = port == null ? OF_A_DEVICE : 0;
        Map<String, Integer> physical = new TreeMap<>();
        for (Map.Entry<String, DeviceConfig> device : devices.entrySet()) {
            if (isAt(port, device.getValue())) {
                numbers.add(own);
                physical.put(device.getKey(), own);
                own += step;
            }
        }
        physical.forEach((name, number) -> addVirtual(name, number, numbers));
        return numbers;
    }

    private void addVirtual(String physical, int own, Set<Integer> numbers) {
        VirtualFunctionsConfig config = devices.get(physical).virtualFunctions();
        for (int number = 1; number <= virtual(physical); number++) {
            int at = own + config.distance(number);
            Require.that(
                    numbers.add(at),
                    "devices",
                    "virtual function " + number + " of " + physical,
                    "for virtual function "
                            + number
                            + " of "
                            + physical
                            + " a routing ID of its own: other firstOffset or stride");
        }
    }

    private int virtual(String physical) {
        return (int)
                devices.values().stream()
                        .filter(device -> physical.equals(device.physicalFunction()))
                        .count();
    }

    /** Every virtual function needs a physical one that can have it. */
    void requirePhysical() {
        devices.forEach(this::requirePhysical);
    }

    private void requirePhysical(String name, DeviceConfig device) {
        String physical = device.physicalFunction();
        if (physical == null) {
            return;
        }
        DeviceConfig config = devices.get(physical);
        Require.that(
                config != null && config.virtualFunctions() != null,
                "devices",
                "physicalFunction " + physical + " of " + name,
                "for " + name + " a device with virtualFunctions, not " + physical);
        Require.that(
                device.port() == null && device.virtualFunctions() == null,
                "devices",
                "port or virtualFunctions of " + name,
                "for " + name + " neither: a virtual function is where its physical function is");
        Require.that(
                virtual(physical) <= config.virtualFunctions().total(),
                "devices",
                virtual(physical) + " virtual functions of " + physical,
                "for "
                        + physical
                        + " at most "
                        + config.virtualFunctions().total()
                        + ", its total");
    }

    /** Integrated endpoints have one bus together. */
    void requireIntegratedNumbers() {
        TreeSet<Integer> numbers = numbers(null);
        Require.that(
                numbers.isEmpty() || numbers.last() < OF_A_BUS,
                "devices",
                "more than a bus of integrated functions",
                "fewer, or a smaller firstOffset");
    }

    /**
     * Functions at a port must have numbers that it forwards.
     *
     * @param ari whether the port has ARI Forwarding Enable
     */
    void requireNumbers(String port, boolean ari) {
        for (int number : numbers(port)) {
            Require.that(
                    ari || number % OF_A_BUS < OF_A_DEVICE,
                    "devices",
                    "function number " + number % OF_A_BUS + " behind " + port,
                    "function numbers of at most 7 behind " + port + ", or ari at the port");
        }
        Require.that(
                ofTheirOwn(port) <= OF_A_BUS,
                "devices",
                ofTheirOwn(port) + " functions behind " + port,
                "at most " + OF_A_BUS);
    }
}
