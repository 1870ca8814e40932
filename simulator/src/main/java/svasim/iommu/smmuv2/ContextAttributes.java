package svasim.iommu.smmuv2;

import svasim.iommu.core.RegisterBlock;

/** GR1: CBARn, CBFRSYNRAn and CBA2Rn (reference smmuv2.md 2). */
final class ContextAttributes implements RegisterBlock {
    private static final int END = 0xC00;

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
        return BankAttributes.type(attributes[bank]);
    }

    int interrupt(int bank) {
        return BankAttributes.interrupt(attributes[bank]);
    }

    /** Bank of stage 2 of a nested context. */
    int stage2Bank(int bank) {
        return BankAttributes.stage2Bank(attributes[bank]);
    }

    int vmid(int bank) {
        return control.vmid16()
                ? BankAttributes.vmid16(moreAttributes[bank])
                : BankAttributes.vmid(attributes[bank]);
    }

    /** VA64: tables of VMSAv8-64. */
    boolean wide(int bank) {
        return BankAttributes.hasWideTables(moreAttributes[bank]);
    }

    /** The last fault of a bank was of this stream. */
    void faultStream(int bank, int streamId) {
        faultStreams[bank] = streamId;
    }

    @Override
    public boolean has(int offset) {
        int at = offset - base;
        return at >= 0
                && at < END
                && at % GlobalRegister.CBFRSYNRA / Integer.BYTES < attributes.length;
    }

    @Override
    public int read(int offset) {
        return words(offset - base)[index(offset)];
    }

    @Override
    public void write(int offset, int value) {
        int bank = index(offset);
        int writable =
                switch ((offset - base) / GlobalRegister.CBFRSYNRA * GlobalRegister.CBFRSYNRA) {
                    case GlobalRegister.CBAR ->
                            bank < features.stage2OnlyBanks() ? ~BankAttributes.TYPE_BITS : -1;
                    case GlobalRegister.CBA2R ->
                            features.vmid16() ? -1 : ~BankAttributes.VMID16_BITS;
                    default -> -1;
                };
        words(offset - base)[bank] = value & writable;
        changed.run();
    }

    private int[] words(int at) {
        if (at < GlobalRegister.CBFRSYNRA) {
            return attributes;
        }
        return at < GlobalRegister.CBA2R ? faultStreams : moreAttributes;
    }

    private int index(int offset) {
        return (offset - base) % GlobalRegister.CBFRSYNRA / Integer.BYTES;
    }
}
