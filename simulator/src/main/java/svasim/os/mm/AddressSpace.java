package svasim.os.mm;

import svasim.os.procedure.Call;
import svasim.os.reference.Node;

/**
 * Page tables that the entry of a PASID can point to, in the format of processes, and what keeps
 * them: those of a process, or those of a driver's own domain.
 */
public interface AddressSpace {
    /** Number in the trace, the same for no two. */
    int id();

    String name();

    /** Physical address of the top page table. */
    long root();

    /**
     * Keeps the contents, unless they are going.
     *
     * @return false if they are
     */
    boolean getUsersUnlessZero(Node holder);

    /** Keeps them no longer. */
    Call<?> putUsers(Node holder);
}
