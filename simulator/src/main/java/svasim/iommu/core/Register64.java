package svasim.iommu.core;

/** A 64-bit register that software reads and writes as halves of 32 bits. */
public final class Register64 {
    private final long writable;
    private long value;

    /**
     * @param writable bits that software can change
     */
    public Register64(long writable) {
        this.writable = writable;
    }

    public long value() {
        return value;
    }

    /** Sets every bit, as hardware does. */
    public void value(long newValue) {
        value = newValue;
    }

    /** Low half for an offset that is a multiple of 8, else the high half. */
    public int half(int offset) {
        return (int) (value >>> shift(offset));
    }

    /** Software writes a half. */
    public void half(int offset, int newValue) {
        long mask = 0xFFFF_FFFFL << shift(offset) & writable;
        value = value & ~mask | (long) newValue << shift(offset) & mask;
    }

    private static int shift(int offset) {
        return (offset & Integer.BYTES) == 0 ? 0 : Integer.SIZE;
    }
}
