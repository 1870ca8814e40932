package svasim.os.program;

import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * Memory of a process, mapped when it starts.
 *
 * @param size rounded up to whole pages
 * @param fill what the process writes into it before its threads run; {@link Fill#NONE} leaves the
 *     pages absent until somebody touches them
 */
public record Buffer(ByteSize size, Fill fill) {
    /** What a buffer is filled with. */
    public enum Fill {
        /** Nothing: the pages are not there. */
        NONE,
        ZERO,
        /** Each byte is the low part of its offset. */
        COUNTING,
        /** From the random stream of the process and buffer. */
        RANDOM
    }

    public Buffer {
        size = size == null ? new ByteSize(4096) : size;
        fill = fill == null ? Fill.NONE : fill;
        Require.positive("size", size.bytes());
    }
}
