package svasim.bench.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.MachineConfig;
import svasim.machine.UnitScope;
import svasim.os.program.ProcessSpec;
import svasim.pcie.fabric.RootPortConfig;

/** Units of VT-d with one root port and a device of four functions below each. */
final class ManyUnits {
    private static final int FUNCTIONS = 4;

    private ManyUnits() {}

    static ScaledMachine of(int n) {
        Map<String, RootPortConfig> ports = new TreeMap<>();
        Map<String, UnitScope> further = new TreeMap<>();
        Map<String, DeviceConfig> devices = new TreeMap<>();
        List<ProcessSpec> processes = new ArrayList<>();
        List<String> accesses = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String port = "rp" + i;
            ports.put(port, new RootPortConfig());
            if (i > 0) {
                further.put("iommu" + i, new UnitScope(List.of(port), null));
            }
            List<String> cards = new ArrayList<>();
            for (int j = 0; j < FUNCTIONS; j++) {
                String card = "card" + i + "-" + j;
                devices.put(card, Cards.physical(port, 0, n * FUNCTIONS));
                cards.add(card);
                accesses.add(Cards.accesses(card));
            }
            processes.add(Cards.process("of-" + port, cards));
        }
        IommuConfig units =
                new IommuConfig(IommuConfig.Unit.VTD, null, null, null, null, null, null, further);
        MachineConfig machine =
                new MachineConfig(null, null, null, null, units, ports, null, devices);
        return new ScaledMachine(machine, processes, n * FUNCTIONS, accesses, n * FUNCTIONS, false);
    }
}
