package svasim.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.Bits;
import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;
import svasim.layout.Pointer;

/**
 * Where the device table lies: the base register, and with DevTblSegEn the bases of the further
 * segments, which the upper bits of the DeviceID select (1.1). The first base is locked while the
 * unit is on.
 */
final class DeviceTableRegisters implements RegisterBlock {
    /** Stands for a DeviceID that the table does not contain. */
    static final long OUTSIDE = -1L;

    private static final int SEGMENTS = 8;
    private static final int END =
            RegisterOffset.DEVICE_TABLE_SEGMENT_1 + (SEGMENTS - 1) * Long.BYTES;
    private static final int DEVICE_BITS = 16;
    private static final long WRITABLE = 0x000F_FFFF_FFFF_F1FFL;

    private final Control control;
    private final Features features;
    private final Register64[] bases = new Register64[SEGMENTS];

    DeviceTableRegisters(Control control, Features features) {
        this.control = control;
        this.features = features;
        for (int i = 0; i < SEGMENTS; i++) {
            bases[i] = new Register64(WRITABLE);
        }
    }

    @Override
    public boolean has(int offset) {
        boolean first = (offset & -Long.BYTES) == RegisterOffset.DEVICE_TABLE_BASE;
        boolean segments = features.largestSegmentation() > 0;
        return first || segments && offset >= RegisterOffset.DEVICE_TABLE_SEGMENT_1 && offset < END;
    }

    @Override
    public int read(int offset) {
        return base(offset).half(offset);
    }

    @Override
    public void write(int offset, int value) {
        boolean locked = offset < RegisterOffset.COMMAND_BUFFER_BASE && control.enabled();
        if (!locked) {
            base(offset).half(offset, value);
        }
    }

    private Register64 base(int offset) {
        return offset < RegisterOffset.COMMAND_BUFFER_BASE
                ? bases[0]
                : bases[(offset - RegisterOffset.DEVICE_TABLE_SEGMENT_1) / Long.BYTES + 1];
    }

    /** The device table, or its segments, for people. */
    List<Pointer> tables() {
        List<Pointer> all = new ArrayList<>();
        int indexBits = DEVICE_BITS - control.segmentation();
        for (int segment = 0; segment < 1 << control.segmentation(); segment++) {
            all.add(AmdTables.of(bases[segment].value(), segment << indexBits));
        }
        return all;
    }

    /** Address of the entry of a DeviceID, or {@link #OUTSIDE}. */
    long entryAddress(int deviceId) {
        int indexBits = DEVICE_BITS - control.segmentation();
        long base = bases[deviceId >>> indexBits].value();
        long offset = Bits.lowBits(deviceId, indexBits) * DeviceTableEntry.BYTES;
        return offset < DeviceTableBase.bytes(base)
                ? DeviceTableBase.table(base) + offset
                : OUTSIDE;
    }
}
