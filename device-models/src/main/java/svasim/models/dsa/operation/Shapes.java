package svasim.models.dsa.operation;

import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;

/**
 * What sizes and addresses an operation can have. Where a delta record lies is not limited: a
 * continued one begins ten bytes, or twenty, behind the first.
 */
public final class Shapes {
    private static final int WORD_MASK = 7;
    private static final long MOST_COMPARED = 0x8_0000;
    private static final long LEAST_DELTA = 80;
    private static final int PAGE_MASK = 0xfff;

    private Shapes() {}

    /** What is wrong with a descriptor; {@link Status#SUCCESS} if nothing is. */
    public static Status check(Opcode opcode, Descriptor d) {
        return switch (opcode) {
            case DUALCAST ->
                    ((d.destination() ^ d.destination2()) & PAGE_MASK) == 0
                            ? Status.SUCCESS
                            : Status.DUALCAST_ALIGNMENT;
            case CREATE_DELTA -> createDelta(d);
            case APPLY_DELTA -> applyDelta(d);
            case CRC_GENERATION, COPY_WITH_CRC ->
                    d.has(Flags.CRC_READ_SEED) && (d.crcSeedAddress() & 3) != 0
                            ? Status.ADDRESS_MISALIGNED
                            : Status.SUCCESS;
            case DIF_CHECK, DIF_INSERT, DIF_STRIP, DIF_UPDATE, DIX_GENERATE ->
                    d.size() % Operands.of(opcode, d).unit() == 0
                            ? Status.SUCCESS
                            : Status.TRANSFER_SIZE;
            default -> Status.SUCCESS;
        };
    }

    private static Status createDelta(Descriptor d) {
        if ((d.size() & WORD_MASK) != 0 || d.size() > MOST_COMPARED) {
            return Status.TRANSFER_SIZE;
        }
        if (((d.source() | d.destination()) & WORD_MASK) != 0) {
            return Status.ADDRESS_MISALIGNED;
        }
        boolean record =
                d.deltaLimit() >= LEAST_DELTA && d.deltaLimit() % DeltaRecord.ENTRY_BYTES == 0;
        return record ? Status.SUCCESS : Status.DELTA_SIZE;
    }

    private static Status applyDelta(Descriptor d) {
        if ((d.size() & WORD_MASK) != 0) {
            return Status.TRANSFER_SIZE;
        }
        if ((d.destination() & WORD_MASK) != 0) {
            return Status.ADDRESS_MISALIGNED;
        }
        boolean record = d.deltaSize() > 0 && d.deltaSize() % DeltaRecord.ENTRY_BYTES == 0;
        return record ? Status.SUCCESS : Status.DELTA_SIZE;
    }
}
