package svasim.os.mm;

/** Told when an address space ends, for what lives as long as it does. */
public interface MmEnd {
    /** mm_users went to 0; the contents are about to go (exit_mmap). */
    default void contentsGoing(Mm mm) {}

    /**
     * The address space was copied byte by byte, what lives with it included, as only a bug does.
     */
    default void copied(Mm from, Mm to) {}

    /** mm_users went to 0 and the contents are gone (__mmput). */
    void contentsGone(Mm mm);

    /** mm_count went to 0; the struct is going (__mmdrop). */
    void structGone(Mm mm);
}
