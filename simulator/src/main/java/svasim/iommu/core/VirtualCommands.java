package svasim.iommu.core;

import java.util.function.IntConsumer;

/**
 * What software that emulates a unit does for a guest that asks it for numbers: the virtual command
 * registers of VT-d. Hardware has none.
 */
public interface VirtualCommands {
    /** No number is to be had. */
    int NONE = -1;

    /**
     * A guest wants a PASID.
     *
     * @param done told the number, or {@link #NONE}
     */
    void allocate(IntConsumer done);

    /**
     * A guest gives a PASID back.
     *
     * @param done told the number, or {@link #NONE} if it was none of the guest's
     */
    void free(int pasid, IntConsumer done);
}
