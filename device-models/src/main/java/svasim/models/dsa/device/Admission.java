package svasim.models.dsa.device;

import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.layout.Wqcfg;
import svasim.models.dsa.operation.Operands;
import svasim.models.dsa.operation.Shapes;
import svasim.pcie.tlp.PasidPrefix;

/** What an engine checks of a descriptor before it does anything. */
final class Admission {
    /** A batch of one is refused (from memory). */
    private static final int LEAST_MEMBERS = 2;

    private final int version;
    private final DeviceState device;
    private final InterruptHandles handles;

    /**
     * @param version generation of the device
     */
    Admission(int version, DeviceState device, InterruptHandles handles) {
        this.version = version;
        this.device = device;
        this.handles = handles;
    }

    /**
     * @return how the descriptor ends at once, or null if it is to be carried out
     */
    Outcome refuse(Work work) {
        Descriptor d = work.descriptor();
        Opcode opcode = Opcode.of(d.opcode());
        Wqcfg queue = work.queue().config();
        if (queue.isShared() && d.privileged() && !queue.has(Wqcfg.PRIVILEGED)) {
            return Outcome.of(Status.PRIVILEGE_ERROR);
        }
        if (opcode == null
                || !opcode.isIn(version)
                || work.batch() != null && !mayBeMember(opcode)) {
            return Outcome.of(Status.UNSUPPORTED_OPCODE);
        }
        int invalid = invalidFlags(opcode, work);
        if (invalid != 0) {
            return Outcome.of(CompletionRecord.invalidFlags(invalid));
        }
        if (d.reserved() != 0 || !opcode.reservedBytesAreZero(d)) {
            return Outcome.of(Status.RESERVED_NOT_ZERO);
        }
        if (d.has(Flags.REQUEST_INTERRUPT) && !handles.permits(work)) {
            return Outcome.of(Status.INVALID_INTERRUPT_HANDLE);
        }
        if (opcode == Opcode.BATCH) {
            return refuseBatch(work);
        }
        return opcode.transfers() ? refuseTransfer(opcode, work) : null;
    }

    private static boolean mayBeMember(Opcode opcode) {
        return opcode != Opcode.BATCH && opcode != Opcode.DRAIN;
    }

    private static Outcome refuseBatch(Work work) {
        Descriptor d = work.descriptor();
        if ((d.source() & Descriptor.BYTES - 1) != 0) {
            return Outcome.of(Status.LIST_MISALIGNED);
        }
        long most = 1L << work.queue().config().maxBatchShift();
        boolean fits = d.size() >= LEAST_MEMBERS && d.size() <= most;
        return fits ? null : Outcome.of(Status.DESCRIPTOR_COUNT);
    }

    /** A descriptor without a valid record address cannot ask for a record. */
    private int invalidFlags(Opcode opcode, Work work) {
        Descriptor d = work.descriptor();
        int invalid = opcode.invalidFlags(d.flags(), version);
        if (d.has(Flags.BLOCK_ON_FAULT) && !work.queue().config().has(Wqcfg.BLOCK_ON_FAULT)) {
            invalid |= Flags.BLOCK_ON_FAULT;
        }
        if (d.has(Flags.REQUEST_COMPLETION_RECORD) && !d.has(Flags.COMPLETION_ADDRESS_VALID)) {
            invalid |= Flags.REQUEST_COMPLETION_RECORD;
        }
        if (d.has(Flags.REQUEST_INTERRUPT) && isUsers(work) && !device.hasUserInterrupts()) {
            invalid |= Flags.REQUEST_INTERRUPT;
        }
        return invalid;
    }

    /** Whether a program has handed it in, as far as the device can tell. */
    private static boolean isUsers(Work work) {
        return work.pasid() != PasidPrefix.NONE && !work.privileged();
    }

    private static Outcome refuseTransfer(Opcode opcode, Work work) {
        Descriptor d = work.descriptor();
        if (d.size() == 0 || d.size() > 1L << work.queue().config().maxTransferShift()) {
            return Outcome.of(Status.TRANSFER_SIZE);
        }
        Status wrong = Shapes.check(opcode, d);
        if (wrong != Status.SUCCESS) {
            return Outcome.of(wrong);
        }
        boolean mayOverlap = opcode == Opcode.MEMORY_MOVE;
        return !mayOverlap && Operands.overlap(opcode, d) ? Outcome.of(Status.OVERLAP) : null;
    }
}
