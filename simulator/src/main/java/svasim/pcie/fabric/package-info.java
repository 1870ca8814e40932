/**
 * How packets travel: root ports, switches of any depth, and the root complex that joins devices,
 * memory, translation agents and cores (PCI Express Base 5.0, chapters 2 to 4 and 6.12).
 *
 * <p>Left out: arbitration among traffic classes, multicast, and requests between peers through the
 * root complex, which refuses them.
 */
package svasim.pcie.fabric;
