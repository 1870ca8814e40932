package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.iommu.core.RegisterBlock;

/**
 * The registers of automatic answers and of the early overflow warning of the PPR log (1.1, 2080
 * and 2088). Either exists with its feature only.
 */
final class AutoResponse implements RegisterBlock {
    private static final int RESPONSE_BITS = 0x1F;
    private static final int MASK_GN = 4;
    private static final int WARNING_BITS = 0xC000_7FFF;
    private static final int WARNING_INTERRUPT = 30;
    private static final int WARNING = 31;

    private final boolean answers;
    private final boolean warns;
    private int response;
    private int early;

    AutoResponse(Features features) {
        answers = features.has("PprAutoRspSup");
        warns = features.has("PprOvrflwEarlySup");
    }

    @Override
    public boolean has(int offset) {
        return answers && offset == RegisterOffset.PPR_AUTO_RESPONSE
                || warns && offset == RegisterOffset.PPR_OVERFLOW_EARLY;
    }

    @Override
    public int read(int offset) {
        return offset == RegisterOffset.PPR_AUTO_RESPONSE ? response : early;
    }

    @Override
    public void write(int offset, int value) {
        if (offset == RegisterOffset.PPR_AUTO_RESPONSE) {
            response = value & RESPONSE_BITS;
        } else {
            early = value & WARNING_BITS;
        }
    }

    /** Code of automatic answers, as on the wire; success after reset. */
    int code() {
        return Bits.small(response, 3, 0);
    }

    /** Whether automatic answers carry no PASID. */
    boolean withoutPasid() {
        return Bits.bit(response, MASK_GN);
    }

    /** Whether so many entries in the log are worth a warning. */
    boolean warnsAt(int entries) {
        return Bits.bit(early, WARNING) && entries >= Bits.small(early, 14, 0);
    }

    boolean warningInterrupts() {
        return Bits.bit(early, WARNING_INTERRUPT);
    }
}
