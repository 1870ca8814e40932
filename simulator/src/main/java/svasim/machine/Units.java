package svasim.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import svasim.cpu.Cores;
import svasim.cpu.RegisterWindows;
import svasim.iommu.core.BroadcastListener;
import svasim.iommu.core.Iommu;

/** The IOMMUs of a machine, all of one kind and configuration, by name; none if it has none. */
final class Units {
    private final Map<String, Iommu> units = new LinkedHashMap<>();
    private final IommuConfig config;
    private final Scopes scopes;

    /** Makes a unit. */
    interface Maker {
        /** Null if the machine has no IOMMU. */
        Iommu make(String name);
    }

    Units(IommuConfig config, Maker maker) {
        this.config = config;
        this.scopes = config.scopes();
        for (String name : scopes.units()) {
            Iommu unit = maker.make(name);
            if (unit != null) {
                units.put(name, unit);
            }
        }
    }

    /** Shows the units' registers to the cores. */
    void addRegisters(RegisterWindows windows) {
        int number = 0;
        for (Iommu unit : units.values()) {
            windows.add(
                    config.registerBase(number++),
                    config.registerBytes(),
                    new IommuRegisters(unit));
        }
    }

    /** Lets units that listen hear of broadcast TLB invalidations. */
    void listen(Cores cores) {
        for (Iommu unit : units.values()) {
            if (unit instanceof BroadcastListener listener) {
                cores.addListener(listener);
            }
        }
    }

    /** The unit above a root port; null if there is none. */
    Iommu aboveRootPort(String port) {
        return units.get(scopes.aboveRootPort(port));
    }

    /** The unit above an integrated device; null if there is none. */
    Iommu aboveIntegrated(String device) {
        return units.get(scopes.aboveIntegrated(device));
    }

    void forEach(Consumer<Iommu> action) {
        units.values().forEach(action);
    }
}
