/**
 * The SMMUv3 driver: resets the unit, writes its stream table, context descriptors and command
 * queue, serves its event queue and PRI queue. Sequences after Linux 7.1 as told in the reference
 * of the life of a PASID, section 3.2; layouts after the SMMUv3 reference, sections 1 to 3, 7 to 9.
 * The kernel runs at EL1, so that its stream world is EL1. It does not rely on broadcast TLB
 * maintenance even where the unit offers it (IDR0.BTM): CR2.PTM has the unit ignore broadcasts,
 * every ASID is the unit's own (ASET=1), and commands invalidate.
 *
 * <p>Page requests through PRI are hypothetical: Linux has no SVA over them and refuses each.
 */
package svasim.os.iommu.smmuv3;
