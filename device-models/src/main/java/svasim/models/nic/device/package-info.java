/**
 * The hardware of the network card: queue pairs with their rings, the wire with its loopback, and a
 * peer at the other end that sends traffic.
 */
package svasim.models.nic.device;
