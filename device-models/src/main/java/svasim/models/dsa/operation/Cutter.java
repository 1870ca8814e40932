package svasim.models.dsa.operation;

/**
 * Cuts a transfer into pieces, in the order in which the engine takes them: none crosses a page of
 * 4 KiB in any operand, and all but the first and last end where the first operand is aligned.
 */
public final class Cutter {
    private static final int PAGE_MASK = 4095;

    private final Operands operands;
    private final long size;
    private final int alignMask;
    private long taken;

    /**
     * @param pieceBytes largest piece, a power of two up to 4 KiB
     */
    public Cutter(Operands operands, long size, int pieceBytes) {
        this.operands = operands;
        this.size = size;
        this.alignMask = pieceBytes - 1;
    }

    public boolean hasNext() {
        return taken < size;
    }

    /** Length of the next piece, at least 1. */
    public int length() {
        long length = size - taken;
        for (int operand = 0; operand < operands.count(); operand++) {
            int mask = operand == 0 ? alignMask : PAGE_MASK;
            long address = operands.address(operand);
            int room =
                    operands.backward()
                            ? (int) (address + size - taken - 1 & mask) + 1
                            : mask + 1 - (int) (address + taken & mask);
            length = Math.min(length, Math.min(room, alignMask + 1));
        }
        return (int) length;
    }

    /** Offset of the next piece from the start of the transfer. */
    public long offset(int length) {
        return operands.backward() ? size - taken - length : taken;
    }

    /** Takes the next piece and tells its offset. */
    public long take(int length) {
        long offset = offset(length);
        taken += length;
        return offset;
    }
}
