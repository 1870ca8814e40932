package svasim.iommu.core;

import java.nio.ByteBuffer;
import svasim.pcie.tlp.Tlp;

/** Reads data of TLPs. */
public final class Words {
    private Words() {}

    /** An entry of a translation completion. */
    public static long entry(Tlp.Completion completion, int index) {
        return ByteBuffer.wrap(completion.data()).getLong(index * Long.BYTES);
    }
}
