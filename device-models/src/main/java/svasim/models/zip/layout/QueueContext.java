package svasim.models.zip.layout;

import svasim.device.Words;

/**
 * Context of a submission or completion queue, 32 bytes.
 *
 * @param base address of the queue, in the device's own space without PASID
 * @param depth entries, at most 4096
 * @param pasid of the data that entries point to; {@link #NO_PASID} if they lie in the device's own
 *     space
 * @param type direction of the engine, {@link #COMPRESS} or {@link #DECOMPRESS}
 */
public record QueueContext(long base, int depth, int pasid, int type) {
    public static final int BYTES = 32;
    public static final int NO_PASID = -1;
    public static final int COMPRESS = 0;
    public static final int DECOMPRESS = 1;

    private static final int BASE = 4;
    private static final int DEPTH = 12;
    private static final int PASID = 20;
    private static final int FLAGS = 22;
    private static final int TYPE = 26;
    private static final int DEPTH_MASK = 0xFFF;
    private static final int PASID_ENABLE = 1 << 7;

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        Words.put(bytes, BASE, Long.BYTES, base);
        Words.put(bytes, DEPTH, Integer.BYTES, depth - 1);
        Words.put(bytes, TYPE, Short.BYTES, type);
        if (pasid != NO_PASID) {
            Words.put(bytes, PASID, Short.BYTES, pasid);
            Words.put(bytes, FLAGS, Short.BYTES, PASID_ENABLE);
        }
        return bytes;
    }

    public static QueueContext of(byte[] bytes) {
        boolean hasPasid = (Words.u16(bytes, FLAGS) & PASID_ENABLE) != 0;
        return new QueueContext(
                Words.u64(bytes, BASE),
                (Words.u32(bytes, DEPTH) & DEPTH_MASK) + 1,
                hasPasid ? Words.u16(bytes, PASID) : NO_PASID,
                Words.u16(bytes, TYPE) & 1);
    }
}
