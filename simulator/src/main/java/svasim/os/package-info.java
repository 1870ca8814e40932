/**
 * The operating system as the machine assembles it: {@link svasim.os.Os} joins scheduler, address
 * spaces, files, processes, IOMMU drivers and the lifetime policy of shared virtual addressing.
 */
package svasim.os;
