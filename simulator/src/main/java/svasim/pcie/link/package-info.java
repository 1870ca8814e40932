/**
 * One link: what each end sends and receives, bit by bit in time (PCI Express Base 5.0, chapters
 * 2.6, 3 and 4). A {@link svasim.pcie.link.Link} has two {@linkplain svasim.pcie.link.LinkPort
 * ports}; each has a transmitter, which keeps packets until they are acknowledged and counts
 * credits, and a receiver, which checks sequence numbers, acknowledges and gives credits back. Data
 * link packets take their place on the wire; bandwidth comes out of that and is nowhere assumed.
 */
package svasim.pcie.link;
