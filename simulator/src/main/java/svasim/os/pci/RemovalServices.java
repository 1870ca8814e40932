package svasim.os.pci;

import java.util.function.Consumer;
import svasim.os.file.Files;
import svasim.os.mm.AddressSpaces;

/**
 * What the removal of a device needs of the rest of the operating system.
 *
 * @param forget after which nobody finds the node of a device any more
 */
public record RemovalServices(Files files, AddressSpaces spaces, Consumer<String> forget) {}
