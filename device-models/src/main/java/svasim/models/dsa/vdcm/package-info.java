/**
 * The composition module of idxd (VDCM): software of the host that makes a virtual DSA of a shared
 * work queue of the real one. Its portal is that of the queue, without exits; each other register
 * is emulated, and commands are carried out with the host's PASIDs of the virtual machine only.
 *
 * <p>Left out: dedicated queues with their configured PASID, a PASID for requests without, handles
 * of interrupts, the event log of the second generation.
 */
package svasim.models.dsa.vdcm;
