package svasim.models.dsa.device;

import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.layout.Wqcfg;
import svasim.models.dsa.operation.Operands;

/** What an engine checks of a descriptor before it does anything. */
final class Admission {
    private Admission() {}

    /**
     * @return how the descriptor ends at once, or null if it is to be carried out
     */
    static Outcome refuse(Work work) {
        Descriptor d = work.descriptor();
        Opcode opcode = Opcode.of(d.opcode());
        Wqcfg queue = work.queue().config();
        if (queue.isShared() && d.privileged() && !queue.has(Wqcfg.PRIVILEGED)) {
            return Outcome.of(Status.PRIVILEGE_ERROR);
        }
        if (opcode == null) {
            return Outcome.of(Status.UNSUPPORTED_OPCODE);
        }
        int invalid = invalidFlags(opcode, work);
        if (invalid != 0) {
            return Outcome.of(CompletionRecord.invalidFlags(invalid));
        }
        if (d.reserved() != 0 || !opcode.reservedBytesAreZero(d)) {
            return Outcome.of(Status.RESERVED_NOT_ZERO);
        }
        return opcode.transfers() ? refuseTransfer(opcode, work) : null;
    }

    /** A descriptor without a valid record address cannot ask for a record. */
    private static int invalidFlags(Opcode opcode, Work work) {
        Descriptor d = work.descriptor();
        int invalid = opcode.invalidFlags(d.flags());
        if (d.has(Flags.BLOCK_ON_FAULT) && !work.queue().config().has(Wqcfg.BLOCK_ON_FAULT)) {
            invalid |= Flags.BLOCK_ON_FAULT;
        }
        if (d.has(Flags.REQUEST_COMPLETION_RECORD) && !d.has(Flags.COMPLETION_ADDRESS_VALID)) {
            invalid |= Flags.REQUEST_COMPLETION_RECORD;
        }
        return invalid;
    }

    private static Outcome refuseTransfer(Opcode opcode, Work work) {
        Descriptor d = work.descriptor();
        if (d.size() == 0 || d.size() > 1L << work.queue().config().maxTransferShift()) {
            return Outcome.of(Status.TRANSFER_SIZE);
        }
        boolean dualcast = opcode == Opcode.DUALCAST;
        if (dualcast && ((d.destination() ^ d.destination2()) & 0xfff) != 0) {
            return Outcome.of(Status.DUALCAST_ALIGNMENT);
        }
        boolean mayOverlap = opcode == Opcode.MEMORY_MOVE;
        if (!mayOverlap && Operands.of(opcode, d).overlap(d.size())) {
            return Outcome.of(Status.OVERLAP);
        }
        return null;
    }
}
