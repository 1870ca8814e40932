package svasim.os.program;

import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * Memory of a process, mapped when it starts.
 *
 * @param size bytes, rounded up to whole pages
 * @param fill what the process writes into it before its threads run; {@link Fill#NONE} leaves the
 *     pages absent until somebody touches them
 * @param file name of a file with contents that is mapped, the same for all processes; absent,
 *     memory of the process's own
 * @param mapping how the file is mapped; absent, private
 * @param hugePages whether pages of 2 MiB are wanted (MADV_HUGEPAGE)
 */
public record Buffer(ByteSize size, Fill fill, String file, Mapping mapping, Boolean hugePages) {
    /** Anonymous memory of small pages. */
    public Buffer(ByteSize size, Fill fill) {
        this(size, fill, null, null, null);
    }

    /** Who sees what is stored into a file's pages. */
    public enum Mapping {
        /** Only the process: the first store to a page makes a copy (MAP_PRIVATE). */
        PRIVATE,
        /** All who map the file (MAP_SHARED). */
        SHARED
    }

    /** What a buffer is filled with. */
    public enum Fill {
        /** Nothing: the pages are not there. */
        NONE,
        ZERO,
        /** Each byte is the low part of its offset. */
        COUNTING,
        /** From the random stream of the process and buffer. */
        RANDOM,
        /** From the same stream, but of four letters only: something to compress. */
        TEXT
    }

    public Buffer {
        size = size == null ? new ByteSize(4096) : size;
        fill = fill == null ? Fill.NONE : fill;
        mapping = mapping == null ? Mapping.PRIVATE : mapping;
        hugePages = hugePages != null && hugePages;
        Require.that(
                file != null || mapping == Mapping.PRIVATE,
                "mapping",
                mapping,
                "private where no file is mapped");
        Require.positive("size", size.bytes());
    }
}
