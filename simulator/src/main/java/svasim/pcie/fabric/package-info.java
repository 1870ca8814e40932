/**
 * How packets travel: links with exact serialisation and credits, root ports, and the root complex
 * that joins devices, memory, translation agents and cores (PCI Express Base 5.0, chapters 2 to 4).
 *
 * <p>Left out: switches, Ack/Nak and replay (links make no errors), traffic classes other than in
 * the packet, and peer-to-peer requests.
 */
package svasim.pcie.fabric;
