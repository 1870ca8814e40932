package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;

/**
 * Pages and page tables that are unmapped but not yet free (mmu_gather). Each page's reference came
 * with it.
 */
final class Gather {
    private final List<Page> pages = new ArrayList<>();
    private final List<DevicePage> devicePages = new ArrayList<>();
    private final List<Long> tables = new ArrayList<>();

    void add(Page page) {
        pages.add(page);
    }

    /** A page in the memory of a device, whose hold is the gatherer's. */
    void add(DevicePage page) {
        devicePages.add(page);
    }

    void addTable(long frame) {
        tables.add(frame);
    }

    /** Gives the references back, and frees the tables. */
    void free(Mm mm) {
        pages.forEach(mm.memory().pages()::put);
        pages.clear();
        devicePages.forEach(mm.memory().devicePages()::put);
        devicePages.clear();
        tables.forEach(mm.platform().frames()::free);
        tables.clear();
    }
}
