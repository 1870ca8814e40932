package svasim.iommu.core;

import java.util.List;
import java.util.SplittableRandom;
import svasim.paging.Access;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.TableMemory;

/** Pages of every size, which legal tables of a {@link HostileUnit} map. */
public final class RandomPages {
    public static final long IOVA = 0x7F3A_5C6D_7000L;
    public static final long OUTPUT = 0x2_3456_7000L;

    /** Page of a size that only some tables have; not mapped here. */
    public static final long CODED = 0x7F3A_5C6E_0000L;

    private static final long READ_ONLY = IOVA + 0x1000;
    private static final long MEDIUM = 0x7F3A_5C80_0000L;
    private static final long LARGE = 0x7F3A_8000_0000L;
    private static final long MEDIUM_OUTPUT = 0x2_4460_0000L;
    private static final long LARGE_OUTPUT = 0x3_8000_0000L;
    private static final long[] ALL = {IOVA, IOVA, IOVA, READ_ONLY, MEDIUM, LARGE, CODED};

    private RandomPages() {}

    /** Maps them in a stage that has these sizes. */
    public static void map(Stage stage, TableMemory memory) {
        var editor = new PageTableEditor(stage, memory);
        editor.map(IOVA, OUTPUT, 12, Access.READ | Access.WRITE);
        editor.map(READ_ONLY, OUTPUT + 0x5000, 12, Access.READ);
        editor.map(MEDIUM, MEDIUM_OUTPUT, 21, Access.READ | Access.WRITE);
        editor.map(LARGE, LARGE_OUTPUT, 30, Access.READ | Access.WRITE);
    }

    /** Maps tables and the pages' outputs to themselves, in a stage below that of the pages. */
    public static void mapBelow(Stage stage, TableMemory memory, List<Long> tables) {
        mapToThemselves(stage, memory, tables);
        var editor = new PageTableEditor(stage, memory);
        editor.map(OUTPUT, OUTPUT, 12, Access.READ | Access.WRITE);
        editor.map(MEDIUM_OUTPUT, MEDIUM_OUTPUT, 21, Access.READ | Access.WRITE);
        editor.map(LARGE_OUTPUT, LARGE_OUTPUT, 30, Access.READ | Access.WRITE);
    }

    /** Maps pages of 4 KiB to themselves. */
    public static void mapToThemselves(Stage stage, TableMemory memory, List<Long> pages) {
        var editor = new PageTableEditor(stage, memory);
        pages.forEach(at -> editor.map(at, at, 12, Access.READ | Access.WRITE));
    }

    /** An address that is a multiple of 8, in one of the pages. */
    static long address(SplittableRandom random) {
        return ALL[random.nextInt(ALL.length)] | random.nextInt(0x1000) & -8;
    }
}
