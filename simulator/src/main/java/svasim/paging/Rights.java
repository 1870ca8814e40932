package svasim.paging;

/**
 * What entries permit, for both privileges at once: {@link Access} bits of unprivileged requests in
 * bits 2:0, of privileged ones in bits 5:3. The rights of a page are the AND over its levels and
 * stages.
 */
public final class Rights {
    /** Nothing is forbidden. */
    public static final int ALL = 0b111_111;

    static final int NONE = 0;

    private static final int KINDS = Access.READ | Access.WRITE | Access.EXECUTE;
    private static final int PRIVILEGED_SHIFT = 3;

    private Rights() {}

    /** Rights made of what either privilege may do. */
    static int of(int unprivileged, int privileged) {
        return unprivileged & KINDS | (privileged & KINDS) << PRIVILEGED_SHIFT;
    }

    /** The same for both privileges. */
    static int both(int access) {
        return of(access, access);
    }

    /** Access bits that are granted to the privilege named in {@code access}. */
    public static int granted(int rights, int access) {
        return (access & Access.PRIVILEGED) != 0 ? privileged(rights) : unprivileged(rights);
    }

    static int unprivileged(int rights) {
        return rights & KINDS;
    }

    static int privileged(int rights) {
        return rights >>> PRIVILEGED_SHIFT & KINDS;
    }

    /**
     * Why the access is refused, or null.
     *
     * @param zeroLengthByWrite whether write permission is enough for a zero-length read
     */
    static WalkFault refusal(int rights, int access, boolean zeroLengthByWrite) {
        int granted = granted(rights, access);
        int missing = access & KINDS & ~granted;
        if (zeroLengthByWrite
                && (access & Access.ZERO_LENGTH) != 0
                && (granted & Access.WRITE) != 0) {
            missing &= ~Access.READ;
        }
        if (missing == 0) {
            return null;
        }
        if (granted == 0 && privileged(rights) != 0) {
            return WalkFault.PRIVILEGE;
        }
        return kind(missing);
    }

    private static WalkFault kind(int missing) {
        if ((missing & Access.WRITE) != 0) {
            return WalkFault.WRITE_PERMISSION;
        }
        return (missing & Access.READ) != 0
                ? WalkFault.READ_PERMISSION
                : WalkFault.EXECUTE_PERMISSION;
    }
}
