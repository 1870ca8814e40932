package svasim.models.dsa.operation;

import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;

/**
 * Blocks that carry a tuple of data integrity fields behind them (T10 PI).
 *
 * @param bytes of a block without its tuple
 * @param seeded whether the guard starts at ffff
 * @param inverted whether the guard is inverted
 */
record DifBlock(int bytes, boolean seeded, boolean inverted) {
    static final int TUPLE_BYTES = 8;

    private static final int[] SIZES = {512, 520, 4096, 4104};
    private static final int SIZE_MASK = 3;
    private static final int SEEDED = 1 << 2;
    private static final int INVERTED = 1 << 3;

    static DifBlock of(Descriptor d) {
        int flags = d.difFlags();
        return new DifBlock(
                SIZES[flags & SIZE_MASK], (flags & SEEDED) != 0, (flags & INVERTED) != 0);
    }

    int bytesWithTuple() {
        return bytes + TUPLE_BYTES;
    }

    /** Guard of a block. */
    int guard(byte[] block) {
        return DifGuard.of(block, bytes, seeded, inverted);
    }

    /** Bytes that an operation writes for so many that it reads. */
    long written(Opcode opcode, long read) {
        return switch (opcode) {
            case DIF_INSERT -> read / bytes * bytesWithTuple();
            case DIX_GENERATE -> read / bytes * TUPLE_BYTES;
            case DIF_STRIP -> read / bytesWithTuple() * bytes;
            default -> read;
        };
    }
}
