package svasim.models.dsa.layout;

import java.util.Arrays;

/**
 * The 64 bytes of GRPCFG of one group: bitmap of queues in four quadwords, bitmap of engines, and
 * flags with traffic classes, read buffers and limits.
 */
public final class Grpcfg {
    public static final int BYTES = 64;

    /** Offset of the bitmap of engines. */
    public static final int ENGINES_OFFSET = 32;

    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 40;

    private static final int USE_LIMIT = 1 << 7;
    private static final int RESERVED_SHIFT = 8;
    private static final int ALLOWED_SHIFT = 20;
    private static final int DESCRIPTOR_LIMIT_SHIFT = 32;
    private static final int BATCH_LIMIT_SHIFT = 36;
    private static final int BUFFERS_MASK = 0xff;
    private static final int LIMIT_MASK = 3;

    private final long[] quadwords = new long[BYTES / Long.BYTES];

    public long quadword(int offset) {
        return quadwords[offset / Long.BYTES];
    }

    public void quadword(int offset, long value) {
        quadwords[offset / Long.BYTES] = value;
    }

    public void clear() {
        Arrays.fill(quadwords, 0);
    }

    public boolean hasQueue(int queue) {
        return (quadwords[0] >>> queue & 1) != 0;
    }

    public boolean hasEngine(int engine) {
        return (quadword(ENGINES_OFFSET) >>> engine & 1) != 0;
    }

    public Grpcfg members(long queueBits, long engineBits) {
        quadword(0, queueBits);
        quadword(ENGINES_OFFSET, engineBits);
        return this;
    }

    /** Whether the limit of GENCFG holds for the group. */
    public boolean usesBufferLimit() {
        return (flags() & USE_LIMIT) != 0;
    }

    /** Read buffers that no other group can take. */
    public int reservedBuffers() {
        return (int) (flags() >>> RESERVED_SHIFT) & BUFFERS_MASK;
    }

    /** Most read buffers of the group; 0 for no limit. */
    public int allowedBuffers() {
        return (int) (flags() >>> ALLOWED_SHIFT) & BUFFERS_MASK;
    }

    public Grpcfg buffers(int reserved, int allowed, boolean useLimit) {
        long limits = flags() >>> DESCRIPTOR_LIMIT_SHIFT << DESCRIPTOR_LIMIT_SHIFT;
        long buffers = (long) reserved << RESERVED_SHIFT | (long) allowed << ALLOWED_SHIFT;
        quadword(FLAGS_OFFSET, limits | buffers | (useLimit ? USE_LIMIT : 0));
        return this;
    }

    /** How often the number of descriptors that an engine works on is halved. */
    public int descriptorLimit() {
        return (int) (flags() >>> DESCRIPTOR_LIMIT_SHIFT) & LIMIT_MASK;
    }

    /** How often the number of batches that an engine works on is halved. */
    public int batchLimit() {
        return (int) (flags() >>> BATCH_LIMIT_SHIFT) & LIMIT_MASK;
    }

    public Grpcfg limits(int descriptors, int batches) {
        long others = flags() & 0xffff_ffffL;
        quadword(
                FLAGS_OFFSET,
                others
                        | (long) descriptors << DESCRIPTOR_LIMIT_SHIFT
                        | (long) batches << BATCH_LIMIT_SHIFT);
        return this;
    }

    private long flags() {
        return quadword(FLAGS_OFFSET);
    }
}
