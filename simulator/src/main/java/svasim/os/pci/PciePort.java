package svasim.os.pci;

import java.util.List;
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
 */
public record PciePort(
        String name,
        boolean isRoot,
        ConfigurationSpace space,
        int wire,
        Supplier<List<PciDevice>> behind) {
    /** The device with a requester ID, or null. */
    PciDevice find(int id) {
        return behind.get().stream()
                .filter(device -> device.requesterId() == id)
                .findFirst()
                .orElse(null);
    }
}
