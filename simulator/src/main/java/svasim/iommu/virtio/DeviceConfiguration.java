package svasim.iommu.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The device's configuration space, in bytes (reference virtio-iommu.md 2). */
final class DeviceConfiguration {
    private static final int BYPASS = RegisterOffset.BYPASS - RegisterOffset.CONFIGURATION;
    private static final int BYTES = 40;

    private final DeviceState state;
    private final ByteBuffer image = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);

    DeviceConfiguration(DeviceFields fields, DeviceState state) {
        this.state = state;
        image.putLong(fields.value("page_size_mask"))
                .putLong(fields.value("input_range.start"))
                .putLong(fields.value("input_range.end"))
                .putInt((int) fields.value("domain_range.start"))
                .putInt((int) fields.value("domain_range.end"))
                .putInt((int) fields.value("probe_size"));
    }

    /** Bytes from an offset on, as a little-endian number; 0 behind the end. */
    long read(long offset, int bytes) {
        image.put(BYPASS, (byte) (state.bypass() ? 1 : 0));
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            long at = offset + i;
            value = value << Byte.SIZE | (at < BYTES ? image.get((int) at) & 0xFF : 0);
        }
        return value;
    }

    /** Only bypass can be written, as one byte or with the bytes behind it. */
    void write(long offset, long value) {
        if (offset == BYPASS) {
            state.bypass((int) value & 0xFF);
        }
    }
}
