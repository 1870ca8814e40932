package svasim.paging;

import svasim.layout.WordLayout;

/**
 * What descriptors of both stages of VMSAv8-64 have in common (Arm ARM D8.3, after the project's
 * reference smmuv3.md, 4). Not modelled: 128-bit descriptors.
 */
public abstract class VmsaFormat extends StageFormat {
    static final long VALID = 1L;

    /** Of a level above 1: a table, not a block. At level 1 it has to be 1. */
    static final long TABLE_OR_PAGE = 1L << 1;

    static final long ACCESS_FLAG = 1L << 10;

    /** DBM: hardware may make the page writable. */
    static final long DIRTY_MODIFIER = 1L << 51;

    private static final long CONTIGUOUS = 1L << 52;

    private static final int LEVEL_ZERO = 4;
    private static final int NARROW_BITS = 48;
    private static final long INNER_SHAREABLE = 3L << 8;

    private final boolean wide;
    private final int topLeafLevel;

    /**
     * @param wide 52-bit addresses: with 64 KiB, in a unit whose output size is 52 bits; with 4 and
     *     16 KiB, the DS bit
     */
    VmsaFormat(Granule granule, boolean wide) {
        super(granule.shift(), topLevel(granule, wide));
        this.wide = wide;
        this.topLeafLevel = (granule == Granule.KIB_4 ? 3 : 2) + (wide ? 1 : 0);
    }

    private static int topLevel(Granule granule, boolean wide) {
        return switch (granule) {
            case KIB_4 -> wide ? LEVEL_ZERO + 1 : LEVEL_ZERO;
            case KIB_16 -> LEVEL_ZERO;
            case KIB_64 -> LEVEL_ZERO - 1;
        };
    }

    /** Level as this package counts, of a level as the architecture counts (-1 to 3). */
    public static int level(int architectedLevel) {
        return LEVEL_ZERO - architectedLevel;
    }

    @Override
    public final String entryName(int level) {
        return "L" + (LEVEL_ZERO - level);
    }

    @Override
    public final boolean mayBeLeaf(int level) {
        return level <= topLeafLevel;
    }

    @Override
    public final boolean present(long entry, int level) {
        if ((entry & VALID) == 0) {
            return false;
        }
        boolean tableOrPage = (entry & TABLE_OR_PAGE) != 0;
        return tableOrPage || level > 1 && mayBeLeaf(level);
    }

    @Override
    public final boolean leaf(long entry, int level) {
        return level == 1 || (entry & TABLE_OR_PAGE) == 0;
    }

    /** Groups have 16 entries with 4 KiB, else 32, but 128 pages of 16 KiB. */
    @Override
    final int groupShift(long leaf, int level) {
        if ((leaf & CONTIGUOUS) == 0) {
            return shift(level);
        }
        if (granuleShift() == Granule.KIB_4.shift()) {
            return shift(level) + 4;
        }
        return shift(level) + (granuleShift() == Granule.KIB_16.shift() && level == 1 ? 7 : 5);
    }

    @Override
    public final long address(long entry, int level) {
        int lowest = leaf(entry, level) ? shift(level) : granuleShift();
        if (!wide) {
            return entry & bits(NARROW_BITS, lowest);
        }
        if (granuleShift() == Granule.KIB_64.shift()) {
            return entry & bits(NARROW_BITS, lowest) | (entry >>> 12 & 0xF) << 48;
        }
        return entry & bits(50, lowest) | (entry >>> 8 & 3) << 50;
    }

    /** Bits {@code end - 1} to {@code lowest}. */
    private static long bits(int end, int lowest) {
        return (1L << end) - (1L << lowest);
    }

    private long addressBits(long address) {
        if (!wide) {
            return address;
        }
        if (granuleShift() == Granule.KIB_64.shift()) {
            return address & (1L << 48) - 1 | (address >>> 48 & 0xF) << 12;
        }
        return address & (1L << 50) - 1 | (address >>> 50 & 3) << 8;
    }

    @Override
    public final long tableEntry(long address, int level) {
        return addressBits(address) | VALID | TABLE_OR_PAGE;
    }

    @Override
    public final long leafEntry(long address, int level, int access) {
        long type = level == 1 ? VALID | TABLE_OR_PAGE : VALID;
        boolean shareabilityHere = !wide || granuleShift() == Granule.KIB_64.shift();
        long shareability = shareabilityHere ? INNER_SHAREABLE : 0;
        return addressBits(address) | type | shareability | ACCESS_FLAG | attributes(access);
    }

    @Override
    public final String section() {
        return "Arm ARM D8.3";
    }

    @Override
    public final WordLayout layout(int level, boolean leaf) {
        String name = entryName(level) + (leaf ? level == 1 ? " page" : " block" : " table");
        WordLayout layout =
                WordLayout.of(name + " descriptor", section())
                        .with("V", 0, "valid")
                        .with("T", 1, level == 1 ? "has to be 1" : "1: a table, 0: a block");
        if (!leaf) {
            return limits(layout.with("address", 47, granuleShift(), "table"));
        }
        return permissions(layout)
                .with("SH", 9, 8, "shareability")
                .with("AF", 10, "access flag: has been used")
                .with("address", 47, shift(level), "page")
                .with("DBM", 51, "hardware may make it writable")
                .with("Contiguous", 52, "neighbours are mapped alike");
    }

    /** With the fields of a leaf that belong to its stage. */
    abstract WordLayout permissions(WordLayout leaf);

    /** With what a table descriptor forbids below it. */
    abstract WordLayout limits(WordLayout table);

    /** Permissions and memory type of a leaf of normal memory. */
    abstract long attributes(int access);
}
