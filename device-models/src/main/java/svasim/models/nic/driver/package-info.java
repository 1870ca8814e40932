/**
 * The kernel's driver of the network card: an open file has a queue pair; pages of packets are
 * mapped by the DMA API, for each packet or for as long as the file is open.
 */
package svasim.models.nic.driver;
