package svasim.machine;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import svasim.cpu.Architecture;
import svasim.cpu.CpuConfig;
import svasim.memory.MemoryConfig;
import svasim.pcie.fabric.RootComplexConfig;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.fabric.SwitchConfig;
import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * The hardware of a machine; absent keys take these defaults.
 *
 * @param profile name of the hardware profile that the values started from; null if none
 * @param cpu cores
 * @param memory size and timing
 * @param rootComplex what stands between devices, IOMMU, memory and cores
 * @param iommu units above the ports
 * @param ports root ports, by name
 * @param switches switches between root ports and devices, to any depth, by name
 * @param devices functions, by name
 */
public record MachineConfig(
        String profile,
        CpuConfig cpu,
        MemoryConfig memory,
        RootComplexConfig rootComplex,
        IommuConfig iommu,
        Map<String, RootPortConfig> ports,
        Map<String, SwitchConfig> switches,
        Map<String, DeviceConfig> devices) {
    private static final ByteSize LEAST_MEMORY = ByteSize.ofMiB(32);

    public MachineConfig {
        memory = memory == null ? MemoryConfig.defaults() : memory;
        rootComplex = rootComplex == null ? new RootComplexConfig() : rootComplex;
        iommu = iommu == null ? IommuConfig.of(null) : iommu;
        cpu = withArchitecture(cpu == null ? CpuConfig.defaults() : cpu, iommu.unit());
        ports = ports == null ? new TreeMap<>() : new TreeMap<>(ports);
        devices = devices == null ? new TreeMap<>() : new TreeMap<>(devices);
        switches = switches == null ? new TreeMap<>() : new TreeMap<>(switches);
        Require.that(
                memory.size().bytes() >= LEAST_MEMORY.bytes(),
                "memory",
                "a size of " + memory.size(),
                LEAST_MEMORY + " for a kernel and its drivers");
        Places places = new Places(ports.keySet(), switches);
        switches.forEach((name, its) -> places.requireSwitch(name, its.port()));
        iommu.scopes().require(ports.keySet(), integrated(devices));
        devices.forEach((name, device) -> places.requireDevice(name, device.port()));
        requireFunctions(new Functions(devices), ports, switches);
        requirePeers(ports, switches);
    }

    private static void requireFunctions(
            Functions functions,
            Map<String, RootPortConfig> ports,
            Map<String, SwitchConfig> switches) {
        functions.requirePhysical();
        functions.requireIntegratedNumbers();
        ports.forEach((name, port) -> functions.requireNumbers(name, port.ari()));
        switches.forEach(
                (name, its) ->
                        its.ports()
                                .forEach(
                                        (port, config) ->
                                                functions.requireNumbers(
                                                        name + "." + port, config.ari())));
    }

    private static void requirePeers(
            Map<String, RootPortConfig> ports, Map<String, SwitchConfig> switches) {
        ports.forEach((name, port) -> port.accessControl().requirePeers(ports.keySet()));
        switches.values()
                .forEach(
                        its ->
                                its.ports()
                                        .values()
                                        .forEach(
                                                port ->
                                                        port.accessControl()
                                                                .requirePeers(
                                                                        its.ports().keySet())));
    }

    private static Set<String> integrated(Map<String, DeviceConfig> devices) {
        Set<String> names = new TreeSet<>();
        devices.forEach(
                (name, device) -> {
                    if (device.port() == null) {
                        names.add(name);
                    }
                });
        return names;
    }

    /** An IOMMU walks the page tables of processes, so that it has to know their format. */
    private static CpuConfig withArchitecture(CpuConfig cpu, IommuConfig.Unit unit) {
        Architecture own = unit.ofArm() ? Architecture.AARCH64 : Architecture.X86_64;
        Require.that(
                cpu.architecture() == null || cpu.architecture() == own || !unit.walksTables(),
                "cpu",
                "the architecture " + cpu.architecture(),
                own + ", which goes with an IOMMU of kind " + unit);
        return cpu.architecture() == null ? cpu.withArchitecture(own) : cpu;
    }
}
