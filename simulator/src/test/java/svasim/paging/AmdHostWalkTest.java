package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static svasim.paging.WalkAssertions.assertFaultAt;
import static svasim.paging.WalkAssertions.assertOutput;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AMD-Vi host tables as hardware walks them (reference amdvi.md, 4.1 and 8). */
class AmdHostWalkTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long ROOT = 0x122_0000;

    private final TestTables tables = new TestTables();

    private static Stage host(int levels, AmdHostStage.Option... options) {
        return new AmdHostStage(levels, ROOT, READ_WRITE, Set.of(options));
    }

    private TableWalk walk(Stage stage, long input, int access) {
        return tables.walk(input, access, null, stage);
    }

    /** Worked example 8.2: 64 KiB coded with NextLevel 7. */
    @Test
    void shouldTranslateByAPageOfCodedSize() {
        tables.store(0x122_0000, 0x6000000001223601L);
        tables.store(0x122_3e00, 0x6000000001221401L);
        tables.store(0x122_1488, 0x6000000001222201L);
        for (long slot = 0x122_2a00; slot <= 0x122_2a78; slot += Long.BYTES) {
            tables.store(slot, 0x600000007a347e01L);
        }

        TableWalk walk = walk(host(4), 0x70_1234_5678L, READ_WRITE);

        assertOutput(0x7a34_5678L, 16, walk);
    }

    /** Worked example 8.3: the entry of level 3 names a table of level 1. */
    @Test
    void shouldSkipLevelsForAddressesWithZerosThere() {
        tables.store(ROOT, 0x6000000001231201L);
        tables.store(0x123_1918, 0x600000007a345001L);

        assertOutput(0x7a34_5678L, 12, walk(host(3), 0x12_3678, Access.READ));
        assertFaultAt(WalkFault.NOT_PRESENT, 3, walk(host(3), 0x32_3678, Access.READ));
        assertNull(new PageTableEditor(host(3), tables).lookup(0x32_3678));
        assertEquals(0x7a34_5000L, new PageTableEditor(host(3), tables).lookup(0x12_3678).output());
    }

    @Test
    void shouldTouchOnlyReachablePagesBehindSkippedLevels() {
        tables.store(ROOT, 0x6000000001231201L);
        tables.store(0x123_1918, 0x600000007a345001L);
        var editor = new PageTableEditor(host(3), tables);
        long[] seen = new long[1];

        editor.unmap(0, 1L << 30, (input, output, shift, entry) -> seen[0] += input);

        assertEquals(0x12_3000, seen[0]);
        assertNull(editor.lookup(0x12_3678));
    }

    @ParameterizedTest
    @CsvSource({
        "13, 1, 0x0",
        "14, 1, 0x1000",
        "16, 1, 0x7000",
        "20, 1, 0x7f000",
        "22, 2, 0x1ff000",
        "25, 2, 0xfff000"
    })
    void shouldCodeSizesInTheAddressField(int shift, int level, String low) {
        var format = AmdHostFormat.INSTANCE;
        long page = 1L << 40;

        long entry = format.sizedLeafEntry(page, shift, READ_WRITE);

        assertEquals(0x6000_0000_0000_0e01L | page | Long.decode(low), entry);
        assertEquals(level, format.levelOfLeaf(shift));
        assertEquals(page, format.address(entry, level));
    }

    @Test
    void shouldHaveNoPageLargerThanAnAddress() {
        assertEquals(5, AmdHostFormat.INSTANCE.levelOfLeaf(52));
        assertEquals(0, AmdHostFormat.INSTANCE.levelOfLeaf(53));
        assertEquals(0, AmdHostFormat.INSTANCE.levelOfLeaf(11));
    }

    /** NextLevel, level of the table that holds it. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "6, 1", "2, 2", "3, 2", "6, 5"})
    void shouldRefuseATableThatIsNotLower(int next, int level) {
        tables.store(ROOT, 0x6000000001231001L | (long) next << 9);

        assertFaultAt(WalkFault.RESERVED_BIT, level, walk(host(level), 0, Access.READ));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x0f_f000, 0x1f_f000, 0xf_ffff_ffff_f000L})
    void shouldRefuseACodedSizeThatBelongsToAnotherLevel(long low) {
        tables.store(ROOT, 0x6000000000000e01L | low);

        assertFaultAt(WalkFault.RESERVED_BIT, 1, walk(host(1), 0, Access.READ));
    }

    @Test
    void shouldRefuseACodedSizeThatIsNotAboveItsLevel() {
        tables.store(ROOT, 0x6000000000007e01L);

        assertFaultAt(WalkFault.RESERVED_BIT, 2, walk(host(2), 0, Access.READ));
    }

    @Test
    void shouldHaveNoLeafAtLevelSix() {
        tables.store(ROOT, 0x6000000000000001L);

        assertFaultAt(WalkFault.RESERVED_BIT, 6, walk(host(6), 0, Access.READ));
    }

    @ParameterizedTest
    @ValueSource(ints = {52, 53, 54, 55, 56, 57, 58})
    void shouldRefuseReservedBits(int bit) {
        tables.store(ROOT, 0x6000000000000001L | 1L << bit);

        assertFaultAt(WalkFault.RESERVED_BIT, 1, walk(host(1), 0, Access.READ));
    }

    @Test
    void shouldTranslateEveryAddressWithSixLevels() {
        Stage stage = host(6);
        tables.map(stage, -0x2000L, 0x5000, 12, READ_WRITE);

        assertOutput(0x5001, 12, walk(stage, -0x1fffL, Access.READ));
    }

    @Test
    void shouldFaultAtTheFirstAddressAboveItsLevels() {
        Stage stage = host(1);
        tables.map(stage, 0x1f_f000, 0x5000, 12, READ_WRITE);

        assertOutput(0x5fff, 12, walk(stage, 0x1f_ffff, Access.READ));
        assertFaultAt(WalkFault.INPUT_RANGE, 0, walk(stage, 0x20_0000, Access.READ));
    }

    @Test
    void shouldAndPermissionsOverAllLevelsAndTheContext() {
        Stage stage = host(3);
        tables.map(stage, 0x1000, 0x5000, 12, READ_WRITE);
        tables.clear(stage, 0x1000, 2, AmdHostFormat.WRITE);
        Stage unreadable = new AmdHostStage(3, ROOT, Access.WRITE, Set.of());

        assertEquals(WalkFault.WRITE_PERMISSION, walk(stage, 0x1000, Access.WRITE).fault());
        assertOutput(0x5000, 12, walk(stage, 0x1000, Access.READ));
        assertEquals(WalkFault.READ_PERMISSION, walk(unreadable, 0x1000, Access.READ).fault());
    }

    @Test
    void shouldSetAccessedAtAllLevelsAndDirtyInTheLeafWhenAllowed() {
        Stage stage = host(2, AmdHostStage.Option.ACCESSED, AmdHostStage.Option.DIRTY);
        tables.map(stage, 0x1000, 0x5000, 12, READ_WRITE);

        walk(stage, 0x1000, Access.READ);
        assertEquals(2, tables.updates());
        walk(stage, 0x1000, Access.WRITE);

        long both = AmdHostFormat.ACCESSED | AmdHostFormat.DIRTY;
        assertEquals(AmdHostFormat.ACCESSED, tables.entry(stage, 0x1000, 2) & both);
        assertEquals(both, tables.entry(stage, 0x1000, 1) & both);
    }

    @Test
    void shouldLeaveAccessedAndDirtyAloneWhenNotAllowed() {
        Stage stage = host(2);
        tables.map(stage, 0x1000, 0x5000, 12, READ_WRITE);

        walk(stage, 0x1000, Access.WRITE);

        assertEquals(0, tables.updates());
    }

    /** A piece of a coded page stays coded no more, and keeps what it maps and its history. */
    @Test
    void shouldSplitACodedPageInPlace() {
        Stage stage = host(2);
        tables.map(stage, 0x1_0000, 0x5_0000, 16, READ_WRITE);
        tables.set(stage, 0x1_3000, 1, AmdHostFormat.DIRTY);
        var editor = new PageTableEditor(stage, tables);
        int before = tables.tables();

        editor.unmap(0x1_4000, 0x1000, LeafVisitor.NONE);

        assertNull(editor.lookup(0x1_4000));
        assertEquals(0x5_3000, editor.lookup(0x1_3000).output());
        assertEquals(12, editor.lookup(0x1_3000).pageShift());
        assertEquals(before, tables.tables());
    }
}
