package svasim.iommu.core;

/**
 * What page tables say, read one entry after the other with no regard to speed, and sharing nothing
 * with the simulator but memory.
 */
@FunctionalInterface
public interface SlowTranslator {
    /** No access. */
    long REFUSED = -1L;

    /** What a stage that is not there does. */
    SlowTranslator IDENTITY = (address, write) -> address;

    /** Output address of an unprivileged read or write, or {@link #REFUSED}. */
    long translate(long address, boolean write);
}
