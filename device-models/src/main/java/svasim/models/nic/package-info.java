/**
 * A network card with rings of descriptors in memory, after the common shape of ring cards: no
 * vendor's layout. Left out: offloads, more than one page a packet, scheduling between virtual
 * functions.
 */
package svasim.models.nic;
