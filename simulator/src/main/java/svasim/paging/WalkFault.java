package svasim.paging;

/**
 * What a walk ran into. The IOMMU makes its own code of it, together with the stage and the {@link
 * WalkPlace}.
 */
public enum WalkFault {
    /**
     * The input is not canonical, above the stage's input size, or in a half whose walks are
     * disabled. Nothing was read in this stage.
     */
    INPUT_RANGE,
    /** The bus gave no answer to the read of an entry. */
    UNREADABLE,
    /** The entry is not present, invalid, or of a kind that its level does not have. */
    NOT_PRESENT,
    /** A bit that has to be 0 is 1. */
    RESERVED_BIT,
    /** The entry points beyond the stage's output size. */
    ADDRESS_SIZE,
    /** The leaf was never accessed and hardware may not mark it (VMSAv8-64 AF). */
    ACCESS_FLAG,
    /** An unprivileged request to a page for privileged software only. */
    PRIVILEGE,
    READ_PERMISSION,
    WRITE_PERMISSION,
    EXECUTE_PERMISSION,
    /** An accessed or dirty bit has to be set, but the walk does not snoop caches. */
    UPDATE_NOT_SNOOPED,
    /** The bus gave no answer to the update of an accessed or dirty bit. */
    UPDATE_FAILED;

    /** Whether an entry was found and only the kind of access is refused. */
    public boolean ofPermission() {
        return switch (this) {
            case PRIVILEGE, READ_PERMISSION, WRITE_PERMISSION, EXECUTE_PERMISSION -> true;
            default -> false;
        };
    }
}
