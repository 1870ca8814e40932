package svasim.paging;

import java.util.Set;

/**
 * x86-64 tables as a processor or the first stage of VT-d walks them (reference vtd.md, 4.1).
 *
 * <p>Accessed and dirty bits are always updated. Not modelled: protection keys, shadow stacks.
 */
public final class X86Stage extends Stage {
    /** What a control register, a PASID entry or a capability adds. */
    public enum Option {
        /** Privileged writes obey read-only pages: WPE, CR0.WP. */
        WRITE_PROTECT,
        /** Bit 63 forbids to execute: EFER.NXE; VT-d before revision 5. Otherwise it is ignored. */
        EXECUTE_DISABLE,
        /** Privileged software executes no user pages: CR4.SMEP; VT-d before revision 5. */
        NO_PRIVILEGED_EXECUTE,
        /** Bit 10 of each entry is set on use: EAFE. */
        EXTENDED_ACCESSED,
        /** Walks do not snoop, so that no bit may be set: PWSNP=0 in a PASID entry. */
        NO_UPDATES,
        /** PDPT entries may be leaves: CAP.FS1GP. Otherwise their bit 7 is reserved. */
        PAGES_1G
    }

    private static final int PAGE_SHIFT = 12;
    private static final int INDEX_BITS = 9;

    /** Bits between the PAT bit of a large leaf and its address. */
    private static final long LARGE_LOW = -(1L << 13);

    private final long[] tableReserved = new long[X86Format.INSTANCE.topLevel() + 1];
    private final long[] leafReserved = new long[X86Format.INSTANCE.topLevel() + 1];
    private final int permitted;
    private final boolean writeProtect;
    private final boolean executeDisable;
    private final boolean noPrivilegedExecute;
    private final long accessedBits;
    private final boolean mayUpdate;

    /**
     * @param levels 4 or 5
     * @param root address of the PML4 or PML5
     * @param addressBits host address width; address bits from there to 51 are reserved
     */
    public X86Stage(int levels, long root, int addressBits, Set<Option> options) {
        this(levels, root, addressBits, options, Access.READ | Access.WRITE);
    }

    /**
     * As above, of a context that may itself forbid reads or writes.
     *
     * @param permitted bits of {@link Access} that the context leaves
     */
    public X86Stage(int levels, long root, int addressBits, Set<Option> options, int permitted) {
        super(X86Format.INSTANCE, root, levels, PAGE_SHIFT + INDEX_BITS * levels);
        this.permitted = Rights.both(permitted | Access.EXECUTE);
        writeProtect = options.contains(Option.WRITE_PROTECT);
        executeDisable = options.contains(Option.EXECUTE_DISABLE);
        noPrivilegedExecute = options.contains(Option.NO_PRIVILEGED_EXECUTE);
        mayUpdate = !options.contains(Option.NO_UPDATES);
        accessedBits =
                options.contains(Option.EXTENDED_ACCESSED)
                        ? X86Format.ACCESSED | X86Format.EXTENDED_ACCESSED
                        : X86Format.ACCESSED;
        reserve(addressBits, options.contains(Option.PAGES_1G));
    }

    private void reserve(int addressBits, boolean pages1G) {
        long above = (1L << X86Format.ADDRESS_BITS) - (1L << addressBits);
        for (int level = 1; level < tableReserved.length; level++) {
            boolean large = level == 2 || level == X86Format.TOP_LEAF_LEVEL && pages1G;
            long pageSize = large || level == 1 ? 0 : X86Format.PAGE_SIZE;
            tableReserved[level] = above | pageSize;
            long low = large ? LARGE_LOW & (1L << format().shift(level)) - 1 : 0;
            leafReserved[level] = above | pageSize | low;
        }
    }

    @Override
    WalkFault inputFault(long input, int access) {
        int unused = Long.SIZE - inputBits();
        return input << unused >> unused == input ? null : WalkFault.INPUT_RANGE;
    }

    @Override
    WalkFault entryFault(long entry, int level) {
        if ((entry & X86Format.PRESENT) == 0) {
            return WalkFault.NOT_PRESENT;
        }
        long reserved = format().leaf(entry, level) ? leafReserved[level] : tableReserved[level];
        return (entry & reserved) == 0 ? null : WalkFault.RESERVED_BIT;
    }

    @Override
    int initialRights() {
        return permitted;
    }

    @Override
    int rights(long entry, boolean leaf) {
        long seen = executeDisable ? entry : entry & ~X86Format.EXECUTE_DISABLE;
        int rights = format().rights(seen, leaf);
        return writeProtect ? rights : rights | Rights.of(0, Access.WRITE);
    }

    @Override
    int combined(int rights) {
        boolean user = Rights.unprivileged(rights) != 0;
        return noPrivilegedExecute && user ? rights & ~Rights.of(0, Access.EXECUTE) : rights;
    }

    @Override
    boolean mayUpdate() {
        return mayUpdate;
    }

    @Override
    long accessed(long entry, boolean leaf) {
        return entry | accessedBits;
    }

    @Override
    long dirtied(long leaf) {
        return leaf | X86Format.DIRTY;
    }
}
