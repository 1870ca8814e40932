package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/**
 * Where the stream table lies: STRTAB_BASE and STRTAB_BASE_CFG (6.3.24, 6.3.25).
 *
 * @param address of the table, aligned to its size
 * @param twoLevel whether {@code split} applies
 * @param split StreamID bits that index the second level: 6, 8 or 10
 * @param idBits StreamIDs have fewer than this many bits
 */
public record StreamTableBase(long address, boolean twoLevel, int split, int idBits) {
    static final int ENTRY_SHIFT = 6;
    private static final int L1_ENTRY_SHIFT = 3;

    private static final long ALLOCATE = 1L << 62;
    private static final int TWO_LEVEL = 1 << 16;
    private static final int SPLIT_SHIFT = 6;

    /** Value of STRTAB_BASE, with the allocate hint. */
    public long register() {
        return address | ALLOCATE;
    }

    /** Value of STRTAB_BASE_CFG. */
    public int configuration() {
        return (twoLevel ? TWO_LEVEL | split << SPLIT_SHIFT : 0) | idBits;
    }

    /** Decodes the registers as the hardware uses them. */
    static StreamTableBase of(long base, long config, Features features) {
        int idBits = Math.min(Bits.small(config, 5, 0), features.get(IdField.SIDSIZE));
        boolean twoLevel = features.has(IdField.ST_LEVEL) && Bits.small(config, 17, 16) == 1;
        int split = splitOf(Bits.small(config, 10, 6));
        int sizeShift =
                twoLevel ? Math.max(idBits - split, 0) + L1_ENTRY_SHIFT : idBits + ENTRY_SHIFT;
        long address = Bits.inPlace(base, 55, 6) & -1L << Math.max(sizeShift, ENTRY_SHIFT);
        return new StreamTableBase(address, twoLevel, split, idBits);
    }

    private static int splitOf(int code) {
        return code == 8 || code == 10 ? code : 6;
    }

    boolean contains(int streamId) {
        return Integer.toUnsignedLong(streamId) >>> idBits == 0;
    }

    /** Address of the descriptor that leads to the StreamID's entry, in a two-level table. */
    public long descriptorAddress(int streamId) {
        return address + ((long) (streamId >>> split) << L1_ENTRY_SHIFT);
    }

    /** Address of the StreamID's entry in a linear table. */
    public long entryAddress(int streamId) {
        return address + (Integer.toUnsignedLong(streamId) << ENTRY_SHIFT);
    }

    /** Low bits of the StreamID, which index the second level. */
    public int secondLevelIndex(int streamId) {
        return streamId & (1 << split) - 1;
    }
}
