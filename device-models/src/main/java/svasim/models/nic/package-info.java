/**
 * A network card with rings of descriptors in memory, after the common shape of ring cards: no
 * vendor's layout. Virtual functions have rings of their own and share the wire. Left out:
 * offloads, more than one page a packet.
 */
package svasim.models.nic;
