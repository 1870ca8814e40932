package svasim.os.pci;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import svasim.os.iommu.PciDevice;
import svasim.pcie.config.ConfigurationSpace;

/**
 * A port with a link below, as the operating system knows it.
 *
 * @param name as scenarios name it
 * @param isRoot whether it belongs to the root complex, where error messages end
 * @param space its configuration space
 * @param wire number of its interrupt
 * @param behind the devices below, at any depth
 * @param spaces configuration space of whoever has a requester ID; null if nobody has
 */
public record PciePort(
        String name,
        boolean isRoot,
        ConfigurationSpace space,
        int wire,
        Supplier<List<PciDevice>> behind,
        IntFunction<ConfigurationSpace> spaces) {}
