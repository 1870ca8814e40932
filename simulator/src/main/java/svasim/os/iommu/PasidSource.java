package svasim.os.iommu;

import java.util.function.IntConsumer;
import svasim.os.procedure.Call;

/** Who gives the system its PASIDs, where it has none of its own. */
public interface PasidSource {
    /**
     * Asks for a number.
     *
     * @param granted told the number; not called if there is none
     */
    Call<?> allocate(IntConsumer granted);

    /** Gives a number back. */
    Call<?> free(int pasid);
}
