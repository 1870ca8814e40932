package svasim.models.dsa;

import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;

/**
 * A descriptor that a work queue has accepted, with what the queue's configuration said then.
 *
 * @param id number on this device, rising
 * @param acceptedPs when
 * @param pasid address space, or {@link PasidPrefix#NONE}
 * @param blockOnFault whether a missing page is asked for
 */
record Work(
        long id,
        long acceptedPs,
        WorkQueue queue,
        Descriptor descriptor,
        int pasid,
        boolean privileged,
        boolean blockOnFault) {
    /** An access to the whole buffer in this work's address space. */
    DmaRequest request(long address, byte[] buffer, boolean block) {
        PasidPrefix prefix =
                pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid, privileged, false);
        OnFault onFault = block ? OnFault.BLOCK : OnFault.REPORT;
        return new DmaRequest(prefix, address, buffer, 0, buffer.length, onFault, 0);
    }
}
