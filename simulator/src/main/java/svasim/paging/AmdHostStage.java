package svasim.paging;

import java.util.Set;

/**
 * AMD-Vi host (v1) tables as a device table entry selects them (project's reference amdvi.md, 4.1).
 *
 * <p>Not modelled: the force-coherent bit, page migration states.
 */
public final class AmdHostStage extends Stage {
    /** What the device table entry adds. */
    public enum Option {
        /** Hardware sets A in the entries that it uses. */
        ACCESSED,
        /** Hardware sets D in leaves that are written. */
        DIRTY
    }

    private static final int PAGE_SHIFT = 12;
    private static final int INDEX_BITS = 9;

    private final int permitted;
    private final boolean accessed;
    private final boolean dirty;

    /**
     * @param levels 1 to 6, the Mode; 6 levels translate every address
     * @param root address of the first table
     * @param permitted bits of {@link Access} that the device table entry leaves
     */
    public AmdHostStage(int levels, long root, int permitted, Set<Option> options) {
        super(
                AmdHostFormat.INSTANCE,
                root,
                levels,
                Math.min(PAGE_SHIFT + INDEX_BITS * levels, Long.SIZE));
        this.permitted = Rights.both(permitted | Access.EXECUTE);
        accessed = options.contains(Option.ACCESSED);
        dirty = options.contains(Option.DIRTY);
    }

    @Override
    WalkFault inputFault(long input, int access) {
        boolean inside = inputBits() == Long.SIZE || input >>> inputBits() == 0;
        return inside ? null : WalkFault.INPUT_RANGE;
    }

    /** An illegal level counts as a reserved encoding. */
    @Override
    WalkFault entryFault(long entry, int level) {
        if ((entry & AmdHostFormat.PRESENT) == 0) {
            return WalkFault.NOT_PRESENT;
        }
        boolean legal =
                (entry & AmdHostFormat.RESERVED) == 0
                        && AmdHostFormat.INSTANCE.legalNextLevel(entry, level);
        return legal ? null : WalkFault.RESERVED_BIT;
    }

    /** Behind skipped levels only the addresses with zeros at their indexes are mapped. */
    @Override
    WalkFault pathFault(long entry, int level, long input) {
        if (format().leaf(entry, level)) {
            return null;
        }
        return Long.compareUnsigned(input, lastOfTable(entry, level, input)) > 0
                ? WalkFault.NOT_PRESENT
                : null;
    }

    @Override
    int initialRights() {
        return permitted;
    }

    @Override
    int rights(long entry, boolean leaf) {
        return format().rights(entry, leaf);
    }

    @Override
    long accessed(long entry, boolean leaf) {
        return accessed ? entry | AmdHostFormat.ACCESSED : entry;
    }

    @Override
    long dirtied(long leaf) {
        return dirty ? leaf | AmdHostFormat.DIRTY : leaf;
    }
}
