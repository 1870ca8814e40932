package svasim.iommu.core;

import java.util.List;
import svasim.trace.Kind;

/** The registers of a unit: offsets that no block has read as 0 and ignore writes. */
public final class RegisterFile {
    private static final RegisterBlock HOLE =
            new RegisterBlock() {
                @Override
                public boolean has(int offset) {
                    return true;
                }

                @Override
                public int read(int offset) {
                    return 0;
                }

                @Override
                public void write(int offset, int value) {}
            };

    /** Is told of each write. */
    @FunctionalInterface
    private interface Writes {
        void written(long offset, int bytes, long value);
    }

    private final List<RegisterBlock> blocks;
    private final Writes writes;

    public RegisterFile(List<RegisterBlock> blocks) {
        this(blocks, (offset, bytes, value) -> {});
    }

    /** Tells the trace of each write. */
    public RegisterFile(List<RegisterBlock> blocks, Surroundings around) {
        this(
                blocks,
                (offset, bytes, value) ->
                        around.trace()
                                .tell(Kind.REGISTER_WRITTEN, around.lane(), offset, bytes, value));
    }

    private RegisterFile(List<RegisterBlock> blocks, Writes writes) {
        this.blocks = List.copyOf(blocks);
        this.writes = writes;
    }

    /**
     * @param bytes 4 or 8; other sizes and offsets that are not aligned read as 0
     */
    public long read(long offset, int bytes) {
        if (!legal(offset, bytes)) {
            return 0;
        }
        int at = (int) offset;
        long low = Integer.toUnsignedLong(block(at).read(at));
        if (bytes == Integer.BYTES) {
            return low;
        }
        int next = at + Integer.BYTES;
        return (long) block(next).read(next) << Integer.SIZE | low;
    }

    /** As {@link #read}; illegal writes are ignored. */
    public void write(long offset, int bytes, long value) {
        writes.written(offset, bytes, value);
        if (!legal(offset, bytes)) {
            return;
        }
        int at = (int) offset;
        if (bytes == Integer.BYTES) {
            block(at).write(at, (int) value);
        } else {
            writeLong(at, value);
        }
    }

    private void writeLong(int at, long value) {
        int next = at + Integer.BYTES;
        RegisterBlock low = block(at);
        RegisterBlock high = block(next);
        if (low == high) {
            low.writeLong(at, value);
        } else {
            low.write(at, (int) value);
            high.write(next, (int) (value >>> Integer.SIZE));
        }
    }

    private RegisterBlock block(int offset) {
        for (RegisterBlock block : blocks) {
            if (block.has(offset)) {
                return block;
            }
        }
        return HOLE;
    }

    private static boolean legal(long offset, int bytes) {
        return (bytes == Integer.BYTES || bytes == Long.BYTES)
                && offset >= 0
                && offset <= Integer.MAX_VALUE - Long.BYTES
                && offset % bytes == 0;
    }
}
