package svasim.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.units.Require;

/** Which IOMMU is above which root port and which integrated device. */
final class Scopes {
    /** The unit above everything that no other one names. */
    static final String FIRST = "iommu0";

    private final List<String> units = new ArrayList<>();
    private final Map<String, String> ofPort = new HashMap<>();
    private final Map<String, String> ofDevice = new HashMap<>();

    /**
     * @param further scopes of all units but the first, by name
     */
    Scopes(Map<String, UnitScope> further) {
        units.add(FIRST);
        further.forEach(this::add);
    }

    private void add(String unit, UnitScope scope) {
        Require.that(!unit.equals(FIRST), "iommu", unit, "another name than the first unit has");
        units.add(unit);
        scope.ports().forEach(port -> place(ofPort, port, unit));
        scope.devices().forEach(device -> place(ofDevice, device, unit));
    }

    private static void place(Map<String, String> places, String name, String unit) {
        String other = places.putIfAbsent(name, unit);
        Require.that(other == null, "iommu", name + " below " + other + " and " + unit, "one unit");
    }

    /** Refuses scopes that name what is not there. */
    void require(Set<String> rootPorts, Set<String> integrated) {
        ofPort.keySet().forEach(port -> requireOne(port, rootPorts, "one of the ports "));
        ofDevice.keySet()
                .forEach(name -> requireOne(name, integrated, "one of the integrated devices "));
    }

    private static void requireOne(String name, Set<String> known, String what) {
        Require.that(known.contains(name), "iommu", name, what + known);
    }

    /** Names of all units, the first one first. */
    List<String> units() {
        return units;
    }

    String aboveRootPort(String port) {
        return ofPort.getOrDefault(port, FIRST);
    }

    String aboveIntegrated(String device) {
        return ofDevice.getOrDefault(device, FIRST);
    }
}
