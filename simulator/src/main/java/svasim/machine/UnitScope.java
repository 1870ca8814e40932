package svasim.machine;

import java.util.List;

/**
 * What a further IOMMU is above, as the tables of firmware list it; everything else is below the
 * first one.
 *
 * @param ports names of root ports
 * @param devices names of devices that are integrated in the root complex
 */
public record UnitScope(List<String> ports, List<String> devices) {
    public UnitScope {
        ports = ports == null ? List.of() : List.copyOf(ports);
        devices = devices == null ? List.of() : List.copyOf(devices);
    }
}
