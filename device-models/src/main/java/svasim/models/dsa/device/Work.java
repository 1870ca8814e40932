package svasim.models.dsa.device;

import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;

/**
 * A descriptor that a work queue has accepted.
 *
 * @param id number on this device, rising
 * @param acceptedPs when
 * @param pasid address space, or {@link PasidPrefix#NONE}
 */
record Work(
        long id,
        long acceptedPs,
        WorkQueue queue,
        Descriptor descriptor,
        int pasid,
        boolean privileged) {
    /** An access to the whole buffer in this work's address space, as the descriptor wants it. */
    DmaRequest request(long address, byte[] buffer) {
        return request(address, buffer, queue.onFault(descriptor.has(Flags.BLOCK_ON_FAULT)));
    }

    /**
     * An access to the completion record: a missing page is asked for whatever the descriptor says
     * of its operands.
     */
    DmaRequest recordRequest(byte[] buffer) {
        return request(descriptor.completionAddress(), buffer, queue.onFault(true));
    }

    /** Whether the operation stops at a missing page, so that what it has done must be exact. */
    boolean stopsAtFault() {
        return queue.onFault(descriptor.has(Flags.BLOCK_ON_FAULT)) != OnFault.BLOCK;
    }

    private DmaRequest request(long address, byte[] buffer, OnFault onFault) {
        PasidPrefix prefix =
                pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid, privileged, false);
        return new DmaRequest(prefix, address, buffer, 0, buffer.length, onFault, 0);
    }
}
