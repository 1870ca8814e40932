package svasim.models.dsa.operation;

/**
 * Cuts a transfer into pieces, in the order in which the engine takes them. Without units none
 * crosses a page of 4 KiB in any operand, and all but the first and last end where the first
 * operand is aligned.
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
    public Cutter(Operands operands, int pieceBytes) {
        this.operands = operands;
        this.size = operands.length();
        this.alignMask = operands.steps() ? PAGE_MASK : pieceBytes - 1;
    }

    public boolean hasNext() {
        return taken < size;
    }

    /** Length of the next piece, at least 1. */
    public int length() {
        return operands.unit() == 1 ? aligned() : units();
    }

    /** As many whole units as a piece holds, at least one; the last may be cut short. */
    private int units() {
        int whole = Math.max(1, (alignMask + 1) / operands.unit());
        return (int) Math.min(size - taken, (long) whole * operands.unit());
    }

    private int aligned() {
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
