package svasim.iommu.smmuv3;

import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/** STRTAB_BASE and STRTAB_BASE_CFG (6.3.24, 6.3.25), written only while translation is off. */
final class StreamTableRegisters implements RegisterBlock {
    private static final long BASE_BITS = 1L << 62 | (1L << 56) - (1L << 6);
    private static final int CONFIG_BITS = 0x3_07FF;
    private static final int END = RegisterOffset.STRTAB_BASE_CFG + Integer.BYTES;

    private final Features features;
    private final Control control;
    private final Register64 base = new Register64(BASE_BITS);
    private int config;
    private StreamTableBase table;

    StreamTableRegisters(Features features, Control control) {
        this.features = features;
        this.control = control;
        this.table = StreamTableBase.of(0, 0, features);
    }

    /** The table that the registers describe. */
    StreamTableBase table() {
        return table;
    }

    @Override
    public boolean has(int offset) {
        return offset >= RegisterOffset.STRTAB_BASE && offset < END;
    }

    @Override
    public int read(int offset) {
        return offset == RegisterOffset.STRTAB_BASE_CFG ? config : base.half(offset);
    }

    @Override
    public void write(int offset, int value) {
        if (!control.off(Cr0.SMMUEN)) {
            return;
        }
        if (offset == RegisterOffset.STRTAB_BASE_CFG) {
            config = value & CONFIG_BITS;
        } else {
            base.half(offset, value);
        }
        table = StreamTableBase.of(base.value(), config, features);
    }
}
