package svasim.iommu.core;

/**
 * Some registers of a unit, as 32-bit words. A 64-bit access is two of 32 bits, the lower half
 * first: what a register starts happens when the half with its command bit is written.
 */
public interface RegisterBlock {
    /** Whether the word at this offset belongs to the block. */
    boolean has(int offset);

    int read(int offset);

    void write(int offset, int value);

    /** A 64-bit write to two words of the block; for registers that act on it as a whole. */
    default void writeLong(int offset, long value) {
        write(offset, (int) value);
        write(offset + Integer.BYTES, (int) (value >>> Integer.SIZE));
    }
}
