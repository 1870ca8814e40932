package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.iommu.core.RegisterBlock;

/** GR1: CBARn, CBFRSYNRAn and CBA2Rn (reference smmuv2.md 2). */
final class ContextAttributes implements RegisterBlock {
    /** CBAR.TYPE. */
    static final int STAGE_2 = 0;

    static final int STAGE_1 = 1;
    static final int STAGE_1_FAULTING = 2;
    static final int NESTED = 3;

    private static final int CBAR = 0x000;
    private static final int CBFRSYNRA = 0x400;
    private static final int CBA2R = 0x800;
    private static final int END = 0xC00;
    private static final int TYPE_BITS = 3 << 16;
    private static final int VMID16_BITS = 0xFFFF << 16;

    private final Features features;
    private final GlobalControl control;
    private final int base;
    private final int[] attributes;
    private final int[] moreAttributes;
    private final int[] faultStreams;
    private final Runnable changed;

    /**
     * @param changed called when a context may mean something else now
     */
    ContextAttributes(Features features, GlobalControl control, Runnable changed) {
        this.features = features;
        this.control = control;
        this.changed = changed;
        base = 1 << features.pageShift();
        attributes = new int[features.contextBanks()];
        moreAttributes = new int[features.contextBanks()];
        faultStreams = new int[features.contextBanks()];
    }

    int type(int bank) {
        return Bits.small(attributes[bank], 17, 16);
    }

    int interrupt(int bank) {
        return Bits.small(attributes[bank], 31, 24);
    }

    /** Bank of stage 2 of a nested context; that the field lies here is general knowledge. */
    int stage2Bank(int bank) {
        return Bits.small(attributes[bank], 15, 8);
    }

    int vmid(int bank) {
        return control.vmid16()
                ? Bits.small(moreAttributes[bank], 31, 16)
                : Bits.small(attributes[bank], 7, 0);
    }

    /** VA64: tables of VMSAv8-64. */
    boolean wide(int bank) {
        return Bits.bit(moreAttributes[bank], 0);
    }

    /** The last fault of a bank was of this stream. */
    void faultStream(int bank, int streamId) {
        faultStreams[bank] = streamId;
    }

    @Override
    public boolean has(int offset) {
        int at = offset - base;
        return at >= 0 && at < END && at % CBFRSYNRA / Integer.BYTES < attributes.length;
    }

    @Override
    public int read(int offset) {
        return words(offset - base)[index(offset)];
    }

    @Override
    public void write(int offset, int value) {
        int bank = index(offset);
        int writable =
                switch ((offset - base) / CBFRSYNRA * CBFRSYNRA) {
                    case CBAR -> bank < features.stage2OnlyBanks() ? ~TYPE_BITS : -1;
                    case CBA2R -> features.vmid16() ? -1 : ~VMID16_BITS;
                    default -> -1;
                };
        words(offset - base)[bank] = value & writable;
        changed.run();
    }

    private int[] words(int at) {
        if (at < CBFRSYNRA) {
            return attributes;
        }
        return at < CBA2R ? faultStreams : moreAttributes;
    }

    private int index(int offset) {
        return (offset - base) % CBFRSYNRA / Integer.BYTES;
    }
}
