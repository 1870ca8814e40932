package svasim.models.dsa.idxd;

import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.os.file.Work.Buffers;
import svasim.units.ByteSize;

/** Makes descriptors of what programs ask for. */
final class Preparation {
    private Preparation() {}

    /**
     * The descriptor for a piece of work, still without the address of its record.
     *
     * @throws IllegalArgumentException if a buffer is not there, or is smaller than its offset
     */
    static Descriptor.Builder prepare(DsaWork work, Buffers buffers) {
        Opcode opcode = work.op().opcode();
        Descriptor.Builder descriptor = Descriptor.builder(opcode).flags(flags(work, opcode));
        long from = address(buffers, work.from(), work.fromOffset());
        long into = address(buffers, work.into(), work.intoOffset());
        long second = address(buffers, work.second(), work.intoOffset());
        if (opcode.transfers()) {
            descriptor.size(size(work, buffers));
        }
        switch (work.op()) {
            case NOOP, DRAIN -> {
                // No operands.
            }
            case MEMMOVE -> descriptor.source(from).destination(into);
            case FILL -> descriptor.source(work.pattern()).destination(into);
            case COMPARE -> descriptor.source(from).destination(second);
            case COMPARE_PATTERN -> descriptor.source(from).destination(work.pattern());
            case DUALCAST -> descriptor.source(from).destination(into).destination2(second);
            case CRC -> descriptor.source(from).crcSeed(work.seed().intValue());
            case COPY_CRC ->
                    descriptor.source(from).destination(into).crcSeed(work.seed().intValue());
        }
        if (work.expect() != null) {
            descriptor.expectedResult(work.expect());
        }
        return descriptor;
    }

    private static int flags(DsaWork work, Opcode opcode) {
        int flags = Flags.COMPLETION_ADDRESS_VALID | Flags.REQUEST_COMPLETION_RECORD;
        if (work.blockOnFault() && opcode.transfers()) {
            flags |= Flags.BLOCK_ON_FAULT;
        }
        return work.expect() == null ? flags : flags | Flags.CHECK_RESULT;
    }

    private static long address(Buffers buffers, String name, ByteSize offset) {
        return name == null ? 0 : buffers.address(name) + offset.bytes();
    }

    private static long size(DsaWork work, Buffers buffers) {
        if (work.size() != null) {
            return work.size().bytes();
        }
        long size =
                Math.min(
                        room(buffers, work.from(), work.fromOffset()),
                        Math.min(
                                room(buffers, work.into(), work.intoOffset()),
                                room(buffers, work.second(), work.intoOffset())));
        if (size <= 0) {
            throw new IllegalArgumentException("an offset lies behind the end of its buffer");
        }
        return size;
    }

    private static long room(Buffers buffers, String name, ByteSize offset) {
        return name == null ? Long.MAX_VALUE : buffers.size(name) - offset.bytes();
    }
}
