/**
 * The PCI core of the operating system: devices that are taken away, with or without warning, ports
 * that tell of it, errors that ports report, and the resets that follow (PCI Express Base 5.0, 6.2,
 * 6.6 and 6.7; sequences after Linux drivers/pci). A device that comes back is left out.
 */
package svasim.os.pci;
