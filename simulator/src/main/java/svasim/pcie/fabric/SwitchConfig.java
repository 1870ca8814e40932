package svasim.pcie.fabric;

import java.util.Map;
import java.util.TreeMap;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * A switch; absent keys take these defaults.
 *
 * @param port port that it hangs below: of the root complex, or {@code switch.port}
 * @param hop time from the arrival of a packet to its place in the queue of the port where it
 *     leaves: 105 ns for a cut-through switch of generation 4, about 150 ns for an older one of
 *     generation 3 (Linley newsletter, September 2019)
 * @param prefixes End-End TLP Prefix Supported at the port towards the root complex
 * @param prefixBlocking End-End TLP Prefix Blocking there: no packet with a PASID goes up
 * @param queue packets of one flow class that wait inside for one port
 * @param ports downstream ports, by name
 * @source port, ports: the scenario says so
 * @source hop: Linley newsletter, September 2019
 * @source prefixes, prefixBlocking: chosen: packets with PASIDs pass
 * @source queue: assumed
 */
public record SwitchConfig(
        String port,
        Picoseconds hop,
        Boolean prefixes,
        Boolean prefixBlocking,
        Integer queue,
        Map<String, SwitchPortConfig> ports) {
    public SwitchConfig {
        hop = hop == null ? Picoseconds.ofNanos(105) : hop;
        prefixes = prefixes == null || prefixes;
        prefixBlocking = prefixBlocking != null && prefixBlocking;
        queue = queue == null ? 32 : queue;
        ports = ports == null ? new TreeMap<>() : new TreeMap<>(ports);
        Require.positive("queue", queue);
    }
}
