package svasim.paging;

/** What both stages of VMSAv8-64 do alike: sizes, endianness, access flag and dirty state. */
abstract class VmsaStage extends Stage {
    private final int outputBits;
    private final boolean hardwareAccess;
    private final boolean hardwareTableAccess;
    private final boolean hardwareDirty;
    private final boolean accessFlagIgnored;
    private final boolean bigEndian;

    /**
     * What a context says of its entries.
     *
     * @param access hardware sets access flags of leaves, as do {@code table} and {@code dirty} for
     *     tables and for the dirty state (HTTU)
     * @param ignored clear access flags do not fault
     */
    record Entries(
            boolean access, boolean table, boolean dirty, boolean ignored, boolean bigEndian) {}

    /** The low bits of {@code root} are taken as 0. */
    VmsaStage(VmsaFormat format, VmsaSizes sizes, long root, Entries entries) {
        super(format, root & -sizes.rootBytes(format), sizes.startLevel(), sizes.inputBits());
        outputBits = sizes.outputBits();
        hardwareAccess = entries.access();
        hardwareTableAccess = entries.access() && entries.table();
        hardwareDirty = entries.access() && entries.dirty();
        accessFlagIgnored = entries.access() || entries.ignored();
        bigEndian = entries.bigEndian();
    }

    @Override
    final boolean bigEndian() {
        return bigEndian;
    }

    @Override
    final WalkFault entryFault(long entry, int level) {
        if (!format().present(entry, level)) {
            return WalkFault.NOT_PRESENT;
        }
        return format().address(entry, level) >>> outputBits == 0 ? null : WalkFault.ADDRESS_SIZE;
    }

    @Override
    final WalkFault leafFault(long leaf) {
        boolean accessed = accessFlagIgnored || (leaf & VmsaFormat.ACCESS_FLAG) != 0;
        return accessed ? null : WalkFault.ACCESS_FLAG;
    }

    @Override
    final long accessed(long entry, boolean leaf) {
        boolean marks = leaf ? hardwareAccess : hardwareTableAccess;
        return marks ? entry | VmsaFormat.ACCESS_FLAG : entry;
    }

    /** A leaf that hardware may make writable is as good as writable. */
    @Override
    final int rights(long entry, boolean leaf) {
        return permitted(leaf ? dirtied(entry) : entry, leaf);
    }

    @Override
    final long dirtied(long leaf) {
        boolean may = hardwareDirty && (leaf & VmsaFormat.DIRTY_MODIFIER) != 0;
        return may ? writable(leaf) : leaf;
    }

    /** {@link Rights} of an entry, the dirty state aside. */
    abstract int permitted(long entry, boolean leaf);

    /** The leaf as it is after the first write. */
    abstract long writable(long leaf);
}
