package svasim.models.dsa;

/**
 * A descriptor that a work queue has accepted, with what the queue's configuration said then.
 *
 * @param id number on this device, rising
 * @param pasid address space, or {@link svasim.pcie.tlp.PasidPrefix#NONE}
 * @param blockOnFault whether a missing page is asked for
 * @param ats whether the device translates; else requests go untranslated
 */
record Work(
        long id,
        WorkQueue queue,
        Descriptor descriptor,
        int pasid,
        boolean privileged,
        boolean blockOnFault,
        boolean ats) {}
