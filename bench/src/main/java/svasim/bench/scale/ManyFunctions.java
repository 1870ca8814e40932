package svasim.bench.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.cpu.CpuConfig;
import svasim.iommu.vtd.VtdConfig;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.MachineConfig;
import svasim.memory.CacheConfig;
import svasim.os.program.ProcessSpec;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.fabric.SwitchConfig;
import svasim.pcie.fabric.SwitchPortConfig;
import svasim.units.Picoseconds;

/**
 * Functions behind switches: a switch of four ports below each root port, and behind each of its
 * ports one device of up to 64 functions, of which all but the first are virtual. One process has
 * all functions of a device.
 */
final class ManyFunctions {
    private static final int PORTS = 4;
    private static final int OF_A_DEVICE = 64;

    private final Map<String, RootPortConfig> roots = new TreeMap<>();
    private final Map<String, SwitchConfig> switches = new TreeMap<>();
    private final Map<String, DeviceConfig> devices = new TreeMap<>();
    private final List<ProcessSpec> processes = new ArrayList<>();
    private final List<String> accesses = new ArrayList<>();
    private final int readers;
    private final boolean allRead;

    private ManyFunctions(int all, int readers) {
        this.readers = readers;
        allRead = readers == all;
        int boards = Math.max(1, all / (PORTS * OF_A_DEVICE));
        for (int i = 0; i < boards; i++) {
            addSwitch("rp" + i, "sw" + i, all / boards / PORTS);
        }
    }

    /**
     * @param n functions, a multiple of 4, and of 256 if there are more
     * @param readers how many of them read: all, or four physical ones
     */
    static ScaledMachine of(int n, int readers) {
        return new ManyFunctions(n, readers).machine();
    }

    private void addSwitch(String root, String name, int functions) {
        roots.put(root, new RootPortConfig());
        Map<String, SwitchPortConfig> ports = new TreeMap<>();
        for (int i = 0; i < PORTS; i++) {
            ports.put("p" + i, new SwitchPortConfig());
            addDevice(name + ".p" + i, functions);
        }
        switches.put(name, new SwitchConfig(root, null, null, null, null, ports));
    }

    private void addDevice(String port, int functions) {
        String physical = String.format("%s-00", port.replace('.', '-'));
        List<String> cards = new ArrayList<>();
        for (int i = 0; i < functions; i++) {
            String card = String.format("%s-%02d", port.replace('.', '-'), i);
            devices.put(
                    card,
                    i == 0
                            ? Cards.physical(port, functions - 1, readers)
                            : Cards.virtual(physical, readers));
            if (allRead || i == 0 && accesses.size() < readers) {
                cards.add(card);
                accesses.add(Cards.accesses(card));
            }
        }
        if (!cards.isEmpty()) {
            processes.add(Cards.process("of-" + physical, cards));
        }
    }

    /** A unit whose caches hold all that any number of functions needs: the work is the same. */
    private static IommuConfig roomy() {
        CacheConfig cache = new CacheConfig(2048, 8, Picoseconds.ofNanos(2), null);
        VtdConfig unit =
                new VtdConfig(
                        null, null, null, null, null, null, cache, cache, cache, null, null, null,
                        null, null, null);
        return new IommuConfig(IommuConfig.Unit.VTD, null, unit, null, null, null, null, null);
    }

    private ScaledMachine machine() {
        CpuConfig cores =
                new CpuConfig(null, 32, null, null, null, null, null, null, null, null, null, null);
        MachineConfig machine =
                new MachineConfig(null, cores, null, null, roomy(), roots, switches, devices);
        return new ScaledMachine(machine, processes, readers, accesses, readers, false);
    }
}
