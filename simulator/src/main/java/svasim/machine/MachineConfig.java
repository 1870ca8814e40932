package svasim.machine;

import java.util.Map;
import java.util.TreeMap;
import svasim.cpu.CpuConfig;
import svasim.memory.MemoryConfig;
import svasim.pcie.fabric.RootComplexConfig;
import svasim.pcie.fabric.RootPortConfig;
import svasim.units.Require;

/**
 * The hardware of a machine; absent keys take these defaults.
 *
 * @param profile name of the hardware profile that the values started from; null if none
 * @param cpu cores
 * @param memory size and timing
 * @param rootComplex between devices, IOMMU, memory and cores
 * @param iommu unit above all ports
 * @param ports root ports, by name
 * @param devices functions, by name
 */
public record MachineConfig(
        String profile,
        CpuConfig cpu,
        MemoryConfig memory,
        RootComplexConfig rootComplex,
        IommuConfig iommu,
        Map<String, RootPortConfig> ports,
        Map<String, DeviceConfig> devices) {
    public MachineConfig {
        cpu = cpu == null ? CpuConfig.defaults() : cpu;
        memory = memory == null ? MemoryConfig.defaults() : memory;
        rootComplex = rootComplex == null ? new RootComplexConfig() : rootComplex;
        iommu = iommu == null ? new IommuConfig(null, null, null, null) : iommu;
        ports = ports == null ? new TreeMap<>() : new TreeMap<>(ports);
        devices = devices == null ? new TreeMap<>() : new TreeMap<>(devices);
        for (Map.Entry<String, DeviceConfig> device : devices.entrySet()) {
            String port = device.getValue().port();
            Require.that(
                    port == null || ports.containsKey(port),
                    "devices",
                    "port " + port + " of " + device.getKey(),
                    "one of the ports " + ports.keySet());
        }
    }
}
