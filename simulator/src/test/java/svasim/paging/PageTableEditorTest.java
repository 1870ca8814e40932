package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static svasim.paging.WalkAssertions.assertPermissions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What software does to its tables. */
class PageTableEditorTest {
    private static final long VA = 0x7F3A_5C60_0000L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final int MIB_2 = 21;

    private final TestTables tables = new TestTables();
    private final Stage stage =
            new X86Stage(4, tables.root(), 52, Set.of(X86Stage.Option.EXECUTE_DISABLE));
    private final PageTableEditor editor = new PageTableEditor(stage, tables);

    @Test
    void shouldWriteTheEntriesOfLinuxOnX86() {
        editor.map(VA, 0x234567000L, 12, READ_WRITE);

        assertEquals(0x8000000234567007L, tables.entry(stage, VA, 1));
        assertEquals(0x27, tables.entry(stage, VA, 2) & 0xFFF);
    }

    @Test
    void shouldWriteTheEntriesOfTheReferenceOnVmsa() {
        var first = new VmsaStage1Format(Granule.KIB_4, false);
        assertEquals(0x0060000234567f43L, first.leafEntry(0x234567000L, 1, READ_WRITE));
        assertEquals(0x1021003, first.tableEntry(0x1021000, 1));
        var second = new VmsaStage2Format(Granule.KIB_4, false);
        assertEquals(0x4400007fdL, second.leafEntry(0x440000000L, 3, READ_WRITE | Access.EXECUTE));
    }

    @Test
    void shouldWriteTheEntriesOfTheReferenceOnVtd() {
        assertEquals(0x7fe00083, VtdSecondFormat.INSTANCE.leafEntry(0x7fe00000, 2, READ_WRITE));
        assertEquals(0x1011003, VtdSecondFormat.INSTANCE.tableEntry(0x1011000, 1));
    }

    @Test
    void shouldRefuseToMapTwice() {
        editor.map(VA, 0, MIB_2, READ_WRITE);

        assertThrows(IllegalStateException.class, () -> editor.map(VA, 0, MIB_2, READ_WRITE));
        assertThrows(IllegalStateException.class, () -> editor.map(VA + 0x1000, 0, 12, READ_WRITE));
    }

    @Test
    void shouldTakeOneTableAndLeaveThoseAboveEvenIfEmpty() {
        editor.map(VA, 0x234567000L, 12, READ_WRITE);
        editor.unmap(VA, 0x1000, LeafVisitor.NONE);

        long table = editor.unlinkTable(VA, MIB_2);

        assertEquals(0, tables.entry(stage, VA, 2));
        assertEquals(stage.entryAddress(table, 1, VA), table + (VA >>> 12 & 511) * Long.BYTES);
        assertEquals(true, editor.hasTable(VA, 30), "the page directory stays");
        assertThrows(IllegalStateException.class, () -> editor.unlinkTable(VA, MIB_2));
        editor.map(VA, 0, MIB_2, READ_WRITE);
    }

    @Test
    void shouldRefusePagesThatTheFormatDoesNotHave() {
        assertThrows(IllegalArgumentException.class, () -> editor.map(VA, 0, 13, READ_WRITE));
        assertThrows(IllegalArgumentException.class, () -> editor.map(VA, 0, 39, READ_WRITE));
        assertThrows(
                IllegalArgumentException.class, () -> editor.map(VA | 0x800, 0, 12, READ_WRITE));
    }

    @Test
    void shouldTellUnmappedLeavesWithTheirDirtyBits() {
        editor.map(VA, 0x5000, 12, READ_WRITE);
        editor.map(VA + 0x3000, 0x8000, 12, READ_WRITE);
        tables.walk(VA + 0x3000, Access.WRITE, stage, null);
        List<String> seen = new ArrayList<>();

        editor.unmap(
                VA,
                0x10000,
                (input, output, shift, entry) ->
                        seen.add(Long.toHexString(input - VA) + " " + (entry & 0x60)));

        assertEquals(List.of("0 0", "3000 96"), seen);
        assertNull(editor.lookup(VA));
    }

    @Test
    void shouldKeepDirtyWhenProtecting() {
        editor.map(VA, 0x5000, 12, READ_WRITE);
        tables.walk(VA, Access.WRITE, stage, null);

        editor.protect(VA, 0x1000, Access.READ, LeafVisitor.NONE);

        assertEquals(0x8000000000005065L, tables.entry(stage, VA, 1));
    }

    @Test
    void shouldSplitALargePageThatIsUnmappedInPart() {
        editor.map(VA, 0x4000_0000, MIB_2, READ_WRITE);
        tables.walk(VA, Access.WRITE, stage, null);

        editor.unmap(VA + 0x1000, 0x1000, LeafVisitor.NONE);

        assertNull(editor.lookup(VA + 0x1000));
        assertEquals(0x4000_0000, editor.lookup(VA).output());
        assertEquals(12, editor.lookup(VA + 0x2000).pageShift());
        assertEquals(0x60, editor.lookup(VA + 0x1F_F000).entry() & 0x60);
        assertPermissions("rw", tables.walk(VA + 0x2000, Access.WRITE, stage, null));
    }

    @Test
    void shouldVisitALargePageWithoutSplittingIt() {
        editor.map(VA, 0x4000_0000, MIB_2, READ_WRITE);
        int before = tables.tables();
        List<Long> seen = new ArrayList<>();

        editor.visit(VA + 0x1000, 0x1000, (input, output, shift, entry) -> seen.add(input));

        assertEquals(List.of(VA), seen);
        assertEquals(before, tables.tables());
    }

    @Test
    void shouldUnlinkOnlyEmptyTablesAndLowerOnesFirst() {
        editor.map(VA, 0x5000, 12, READ_WRITE);
        editor.map(VA + (1L << 21), 0x6000, 12, READ_WRITE);
        long leafTable = tables.slot(stage, VA, 1) & -0x1000;
        editor.unmap(VA, 0x1000, LeafVisitor.NONE);

        editor.unlinkEmptyTables(VA, 0x1000, tables::freeTable);
        assertEquals(List.of(leafTable), tables.freed);

        long other = tables.slot(stage, VA + (1L << 21), 1) & -0x1000;
        long directory = tables.slot(stage, VA, 2) & -0x1000;
        editor.unmap(VA + (1L << 21), 0x1000, LeafVisitor.NONE);
        editor.unlinkEmptyTables(0, 1L << 47, tables::freeTable);
        assertEquals(List.of(leafTable, other, directory), tables.freed.subList(0, 3));
        assertEquals(1, tables.tables());
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameLevelsAsTheArchitectureDoes(TestStage kind) {
        StageFormat format = kind.at(tables.root()).format();
        String lowest = format.entryName(1);
        String expected =
                switch (kind.name().substring(0, 3)) {
                    case "X86", "AMD" -> "PTE";
                    case "VTD" -> "SS-PTE";
                    default -> "L3";
                };

        assertEquals(expected, lowest);
    }
}
