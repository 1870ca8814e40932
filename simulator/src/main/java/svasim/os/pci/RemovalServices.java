package svasim.os.pci;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import svasim.os.file.Files;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.AddressSpaces;
import svasim.os.procedure.Call;

/**
 * What the removal of a device needs of the rest of the operating system.
 *
 * @param forget after which nobody finds the node of a device any more
 * @param driverGone the remove of a device's driver, with what its lifetime policy does then
 */
public record RemovalServices(
        Files files,
        AddressSpaces spaces,
        Consumer<String> forget,
        BiFunction<PciDevice, Call<?>, Call<?>> driverGone) {}
