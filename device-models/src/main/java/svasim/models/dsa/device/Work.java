package svasim.models.dsa.device;

import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;

/**
 * A descriptor that a work queue has accepted, or a member of a batch that it has accepted.
 *
 * @param id number on this device, rising
 * @param acceptedPs when
 * @param pasid address space, or {@link PasidPrefix#NONE}
 * @param batch that it is a member of, or null
 * @param index of a member, in the list of its batch; of a batch, how many there were before
 */
record Work(
        long id,
        long acceptedPs,
        WorkQueue queue,
        Descriptor descriptor,
        int pasid,
        boolean privileged,
        Batch batch,
        int index) {
    /** A descriptor of a batch: same queue, same address space. */
    Work member(long number, Descriptor of, Batch inside, int place) {
        return new Work(number, acceptedPs, queue, of, pasid, privileged, inside, place);
    }

    /** What the work queue has accepted: this, or the batch that it belongs to. */
    Work accepted() {
        return batch == null ? this : batch.work();
    }

    boolean isBatch() {
        return descriptor.opcode() == Opcode.BATCH.code();
    }

    /** An access to memory as the descriptor wants it; the list of a batch is never waited for. */
    DmaRequest request(long address, byte[] buffer, int offset, int bytes) {
        boolean block = descriptor.has(Flags.BLOCK_ON_FAULT) && !isBatch();
        return new DmaRequest(prefix(), address, buffer, offset, bytes, queue.onFault(block), 0);
    }

    /**
     * An access to the completion record: a missing page is asked for whatever the descriptor says
     * of its operands.
     */
    DmaRequest recordRequest(byte[] buffer) {
        long address = descriptor.completionAddress();
        OnFault onFault = queue.onFault(true);
        return new DmaRequest(prefix(), address, buffer, 0, buffer.length, onFault, 0);
    }

    /** Whether the operation stops at a missing page, so that what it has done must be exact. */
    boolean stopsAtFault() {
        return queue.onFault(descriptor.has(Flags.BLOCK_ON_FAULT)) != OnFault.BLOCK;
    }

    private PasidPrefix prefix() {
        return pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid, privileged, false);
    }
}
