package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.smmuv3.Command;

/**
 * Commands that remove a range of addresses of an ASID from the unit (__arm_smmu_tlb_inv_range).
 */
final class TlbRange {
    /** More commands than this are worse than one for the whole ASID (CMDQ_MAX_TLBI_OPS). */
    private static final long MOST_SINGLE_PAGES = 1 << 9;

    private static final int PAGE_SHIFT = 12;
    private static final int MOST_PER_RANGE = 31;

    private TlbRange() {}

    /**
     * @param end first address behind the range; -1 for everything
     */
    static List<Command> of(int asid, long start, long end, boolean ranges) {
        long pages = end - start >>> PAGE_SHIFT;
        if (end == -1L || !ranges && pages >= MOST_SINGLE_PAGES) {
            return List.of(Command.tlbOfAsid(asid));
        }
        return ranges ? ranges(asid, start, pages) : pages(asid, start, pages);
    }

    /** One command a page, however many they are, unless it is everything. */
    static List<Command> single(int asid, long start, long end) {
        return end == -1L
                ? List.of(Command.tlbOfAsid(asid))
                : pages(asid, start, end - start >>> PAGE_SHIFT);
    }

    private static List<Command> pages(int asid, long start, long pages) {
        List<Command> commands = new ArrayList<>();
        for (long page = 0; page < pages; page++) {
            commands.add(Command.tlbOfPage(asid, start + (page << PAGE_SHIFT)));
        }
        return commands;
    }

    /** A range of one page cannot be told from no range, so that it becomes two. */
    private static List<Command> ranges(int asid, long start, long pages) {
        List<Command> commands = new ArrayList<>();
        long left = (pages & MOST_PER_RANGE) == 1 ? pages + 1 : pages;
        long at = start;
        while (left > 0) {
            int scale = Long.numberOfTrailingZeros(left);
            int number = (int) (left >>> scale) & MOST_PER_RANGE;
            commands.add(Command.tlbOfRange(asid, at, number, scale));
            long done = (long) number << scale;
            at += done << PAGE_SHIFT;
            left -= done;
        }
        return commands;
    }
}
