package svasim.os.mm;

/**
 * What the driver behind a mapping says and does when the mapping changes (vm_operations_struct).
 */
public interface VmaOperations {
    /** Nothing: the mapping may move, and nobody cares for its end. */
    VmaOperations NONE = new VmaOperations() {};

    /** Whether mremap(2) may move it; the copy is given to the same operations. */
    default boolean mayMove() {
        return true;
    }

    /** The mapping goes, or the old one of the two that a move makes of it. */
    default void close() {}
}
