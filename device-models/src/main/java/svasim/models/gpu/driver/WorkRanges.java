package svasim.models.gpu.driver;

import java.util.ArrayList;
import java.util.List;
import svasim.paging.Access;

/** Memory that the unfinished work of a context names. */
final class WorkRanges {
    private static final long PAGE = 4096;

    private final List<Range> ranges = new ArrayList<>();

    /** Memory of one buffer. */
    record Range(long start, long bytes, boolean written) {}

    /**
     * A page of it.
     *
     * @param access bits of {@link Access}
     */
    record Page(long address, int access) {}

    void add(List<Range> work) {
        ranges.addAll(work);
    }

    void remove(List<Range> work) {
        work.forEach(ranges::remove);
    }

    /** Whether some of it lies in a range. */
    boolean meet(long start, long end) {
        return ranges.stream()
                .anyMatch(range -> range.start() < end && start < range.start() + range.bytes());
    }

    /** Pages, those that are written last. */
    List<Page> pages() {
        List<Page> pages = new ArrayList<>();
        for (Range range : ranges) {
            int access = range.written() ? Access.READ | Access.WRITE : Access.READ;
            long end = range.start() + range.bytes();
            for (long at = range.start() & -PAGE; at < end; at += PAGE) {
                pages.add(new Page(at, access));
            }
        }
        return pages;
    }
}
