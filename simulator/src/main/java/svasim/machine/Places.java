package svasim.machine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import svasim.pcie.fabric.SwitchConfig;
import svasim.units.Require;

/** Names of the ports that switches and devices can hang below, and what hangs there. */
final class Places {
    private final Set<String> rootPorts;
    private final Map<String, SwitchConfig> switches;
    private final Set<String> names = new TreeSet<>();
    private final Map<String, String> taken = new HashMap<>();

    Places(Set<String> rootPorts, Map<String, SwitchConfig> switches) {
        this.rootPorts = rootPorts;
        this.switches = switches;
        names.addAll(rootPorts);
        switches.forEach(
                (name, its) -> its.ports().keySet().forEach(port -> names.add(name + "." + port)));
    }

    /** A switch needs a port of its own, from which the root complex can be reached. */
    void requireSwitch(String name, String port) {
        require("switches", name, port);
        String other = taken.putIfAbsent(port, name);
        Require.that(
                other == null,
                "switches",
                "port " + port + " of " + name,
                "a port of its own, without " + other);
        String top = port;
        for (int i = 0; i < switches.size() && !rootPorts.contains(top); i++) {
            top = switches.get(top.substring(0, top.indexOf('.'))).port();
        }
        Require.that(
                rootPorts.contains(top),
                "switches",
                "port " + port + " of " + name,
                "a way up to one of the ports " + rootPorts);
    }

    /** A device may be integrated; functions may share a port, but not with a switch. */
    void requireDevice(String name, String port) {
        if (port == null) {
            return;
        }
        require("devices", name, port);
        String other = taken.get(port);
        Require.that(
                other == null,
                "devices",
                "port " + port + " of " + name,
                "a port without the switch " + other);
    }

    private void require(String key, String name, String port) {
        Require.that(
                port != null && names.contains(port),
                key,
                "port " + port + " of " + name,
                "one of the ports " + names);
    }
}
