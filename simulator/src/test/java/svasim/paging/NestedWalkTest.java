package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.paging.WalkAssertions.assertFault;
import static svasim.paging.WalkAssertions.assertOutput;
import static svasim.paging.WalkAssertions.assertPermissions;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** First stage over second stage. */
class NestedWalkTest {
    private static final long VA = 0x00007F3A5C6D7E80L;
    private static final long PAGE = VA & -0x1000L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    /** Guest memory is host memory moved up by this. */
    private static final long MOVED = 1L << 34;

    private static final long GUEST_ROOT = 0x4000_4000L;
    private static final long GUEST_PAGE = 0xB456_7000L;
    private static final long FIRST_ACCESSED = 1 << 5;
    private static final long FIRST_DIRTY = 1 << 6;
    private static final long SECOND_DIRTY = 1 << 9;

    private final TestTables tables = new TestTables();
    private final Stage first = new X86Stage(4, GUEST_ROOT, 52, Set.of());
    private final Stage second = second();

    private Stage second(VtdSecondStage.Option... options) {
        return new VtdSecondStage(4, 0x101_0000, 57, 52, Set.of(options));
    }

    /** The guest's tables, of which each lies in a page of its own, and its page. */
    private void nest(long leafFlags) {
        for (int level = 4; level > 1; level--) {
            store(first, level, guestTable(level - 1) | 0x27);
        }
        store(first, 1, GUEST_PAGE | leafFlags);
        for (int level = 4; level >= 1; level--) {
            tables.map(second, guestTable(level), guestTable(level) + MOVED, 12, READ_WRITE);
        }
        tables.map(second, GUEST_PAGE, GUEST_PAGE + MOVED, 12, READ_WRITE);
    }

    private static long guestTable(int level) {
        return GUEST_ROOT + (4 - level) * 0x1000L;
    }

    private long guestSlot(int level) {
        return first.entryAddress(guestTable(level), level, VA);
    }

    private void store(Stage stage, int level, long entry) {
        tables.store(stage.entryAddress(guestTable(level), level, VA) + MOVED, entry);
    }

    private TableWalk walk(int access) {
        return tables.walk(VA, access, first, second);
    }

    @Test
    void shouldTranslateTheVectorOfVtd() {
        tables.store(0x1010000, 0x1011003);
        tables.store(0x1011008, 0x440000083L);
        tables.store(0x1011010, 0x480000083L);
        tables.store(0x44000_47f0L, 0x40005027);
        tables.store(0x44000_5748L, 0x40006027);
        tables.store(0x44000_6718L, 0x40007027);
        tables.store(0x44000_76b8L, 0xb4567067L);
        Stage large = second(VtdSecondStage.Option.PAGES_1G);

        assertOutput(0x4b4567e80L, 12, tables.walk(VA, READ_WRITE, first, large));

        assertEquals(4 + 5 * 2, tables.reads());
        assertEquals(0xb4567e80L, tables.walk.intermediate());
        assertEquals(0x480000083L, tables.walk.leaf());
    }

    @Test
    void shouldTranslateTheVectorOfSmmu() {
        tables.store(0x1030008, 0x4400007fdL);
        tables.store(0x1030010, 0x4800007fdL);
        tables.store(0x4400207f0L, 0x40021003);
        tables.store(0x440021748L, 0x40022003);
        tables.store(0x440022718L, 0x40023003);
        tables.store(0x4400236b8L, 0x00600000b4567f43L);
        var format = new VmsaStage1Format(Granule.KIB_4, false);
        Stage stage1 =
                new VmsaStage1(format, VmsaSizes.ofStage1(format, 48, 48), 0x40020000, Set.of());
        var format2 = new VmsaStage2Format(Granule.KIB_4, false);
        Stage stage2 = new VmsaStage2(format2, new VmsaSizes(39, 3, 48), 0x1030000, Set.of());

        assertOutput(0x4b4567e80L, 12, tables.walk(VA, READ_WRITE, stage1, stage2));

        assertPermissions("rw", tables.walk);
        assertEquals(0xb4567e80L, tables.walk.intermediate());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldTellWhichFirstStageTableTheSecondStageLacks(int level) {
        nest(0x67);
        tables.store(tables.slot(second, guestTable(level), 1), 0);

        TableWalk walk = walk(Access.READ);

        WalkPlace place = level == 4 ? WalkPlace.ROOT : WalkPlace.TABLE;
        assertFault(WalkFault.NOT_PRESENT, 2, place, walk);
        assertEquals(guestSlot(level), walk.intermediate());
    }

    @Test
    void shouldTellThatTheSecondStageLacksTheFinalPage() {
        nest(0x67);
        tables.store(tables.slot(second, GUEST_PAGE, 1), 0);

        assertFault(WalkFault.NOT_PRESENT, 2, WalkPlace.INPUT, walk(Access.READ));
        assertEquals(GUEST_PAGE | 0xE80, tables.walk.intermediate());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldCheckFirstStageEntriesBeforeTheNextTable(int level) {
        nest(0x67);
        store(first, level, 0);
        if (level > 1) {
            tables.store(tables.slot(second, guestTable(level - 1), 1), 0);
        }

        WalkPlace place = level == 4 ? WalkPlace.ROOT : WalkPlace.TABLE;
        assertFault(WalkFault.NOT_PRESENT, 1, place, walk(Access.READ));
        assertEquals(level, tables.walk.faultLevel());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldNeedReadPermissionForFirstStageTables(int level) {
        nest(0x67);
        tables.clear(second, guestTable(level), 1, 1);

        WalkPlace place = level == 4 ? WalkPlace.ROOT : WalkPlace.TABLE;
        assertFault(WalkFault.READ_PERMISSION, 2, place, walk(Access.WRITE));
    }

    @Test
    void shouldRefuseTablesBeyondTheGuestWidth() {
        nest(0x67);
        store(first, 3, 1L << 48 | 0x27);

        assertFault(WalkFault.INPUT_RANGE, 2, WalkPlace.TABLE, walk(Access.READ));
        Stage lost = new X86Stage(4, 1L << 48, 52, Set.of());
        TableWalk walk = tables.walk(VA, Access.READ, lost, second);
        assertFault(WalkFault.INPUT_RANGE, 2, WalkPlace.ROOT, walk);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldNeedWritePermissionForFirstStageUpdates(int level) {
        nest(0x67);
        tables.clear(second, guestTable(level), 1, 2);
        assertOutput(GUEST_PAGE + MOVED + 0xE80, 12, walk(Access.WRITE));

        tables.store(guestSlot(level) + MOVED, tables.load(guestSlot(level) + MOVED) & ~0x60L);

        WalkPlace place = level == 4 ? WalkPlace.ROOT : WalkPlace.TABLE;
        assertFault(WalkFault.WRITE_PERMISSION, 2, place, walk(Access.WRITE));
        assertEquals(guestSlot(level), tables.walk.intermediate());
        assertEquals(0, tables.load(guestSlot(level) + MOVED) & 0x60);

        tables.set(second, guestTable(level), 1, 2);
        assertOutput(GUEST_PAGE + MOVED + 0xE80, 12, walk(Access.WRITE));
    }

    @Test
    void shouldUpdateFirstStageEntriesWhereTheSecondStagePutsThem() {
        nest(0x7);

        assertTrue(walk(Access.WRITE).dirtyKnown());

        assertEquals(1, tables.updates());
        long leaf = tables.load(guestSlot(1) + MOVED);
        assertEquals(FIRST_ACCESSED | FIRST_DIRTY, leaf & (FIRST_ACCESSED | FIRST_DIRTY));
    }

    @Test
    void shouldMarkThePageOfAnUpdatedFirstStageEntryDirtyInTheSecondStage() {
        nest(0x7);
        Stage tracking = second(VtdSecondStage.Option.ACCESSED_DIRTY);

        tables.walk(VA, Access.READ, first, tracking);

        assertNotEquals(0, tables.entry(second, guestTable(1), 1) & SECOND_DIRTY);
        assertEquals(0, tables.entry(second, guestTable(2), 1) & SECOND_DIRTY);
        assertEquals(0, tables.entry(second, GUEST_PAGE, 1) & SECOND_DIRTY);
        assertEquals(FIRST_ACCESSED, tables.load(guestSlot(1) + MOVED) & FIRST_ACCESSED);
    }

    @Test
    void shouldMakeAStage2PageWithDbmWritableForAnUpdateOfAStage1Descriptor() {
        long table = 0x20_0000;
        long stage2Root = tables.root();
        var format1 = new VmsaStage1Format(Granule.KIB_4, false);
        var stage1 =
                new VmsaStage1(
                        format1,
                        new VmsaSizes(21, 1, 48),
                        table,
                        Set.of(VmsaStage1.Option.HARDWARE_ACCESS));
        var format2 = new VmsaStage2Format(Granule.KIB_4, false);
        var stage2 =
                new VmsaStage2(
                        format2,
                        new VmsaSizes(39, 3, 48),
                        stage2Root,
                        Set.of(
                                VmsaStage2.Option.HARDWARE_ACCESS,
                                VmsaStage2.Option.HARDWARE_DIRTY));
        tables.map(stage2, table, table, 12, Access.READ);
        tables.set(stage2, table, 1, 1L << 51);
        tables.map(stage2, 0, 0x5000, 12, READ_WRITE);
        tables.store(table, format1.leafEntry(0, 1, Access.READ) & ~(1L << 10));

        assertOutput(0x5123, 12, tables.walk(0x123, Access.READ, stage1, stage2));

        assertEquals(1 << 7, tables.entry(stage2, table, 1) & 1 << 7);
        assertEquals(1 << 10, tables.load(table) & 1 << 10);
    }

    @ParameterizedTest
    @CsvSource({"3, 3, rwx", "1, 3, rx", "3, 1, rx"})
    void shouldGrantWhatBothStagesGrant(int firstBits, int secondBits, String expected) {
        nest(0x64 | firstBits);
        tables.clear(second, GUEST_PAGE, 1, 3 & ~secondBits);

        assertPermissions(expected, walk(Access.READ));
        int request = READ_WRITE | Access.TRANSLATION_REQUEST;
        assertPermissions(expected, walk(request));
    }

    @Test
    void shouldSatisfyTheFirstStageBeforeAskingTheSecondForThePage() {
        nest(0x65);
        tables.store(tables.slot(second, GUEST_PAGE, 1), 0);

        assertFault(WalkFault.WRITE_PERMISSION, 1, WalkPlace.INPUT, walk(Access.WRITE));
        int request = READ_WRITE | Access.TRANSLATION_REQUEST;
        assertFault(WalkFault.NOT_PRESENT, 2, WalkPlace.INPUT, walk(request));
    }

    @Test
    void shouldNotAskTheSecondStageWhenTheFirstGrantsNothing() {
        nest(0x63);
        tables.store(tables.slot(second, GUEST_PAGE, 1), 0);

        assertPermissions("", walk(READ_WRITE | Access.TRANSLATION_REQUEST));
    }

    @Test
    void shouldNotDirtyTheSecondStageForAWriteThatTheFirstRefuses() {
        nest(0x65);
        Stage tracking = second(VtdSecondStage.Option.ACCESSED_DIRTY);

        tables.walk(VA, READ_WRITE | Access.TRANSLATION_REQUEST, first, tracking);

        assertPermissions("rx", tables.walk);
        assertEquals(0, tables.entry(second, GUEST_PAGE, 1) & SECOND_DIRTY);
        assertFalse(tables.walk.dirtyKnown());
    }

    @Test
    void shouldReportTheSmallerPage() {
        nest(0x67);
        Stage large = second(VtdSecondStage.Option.PAGES_2M);
        tables.store(guestSlot(2) + MOVED, 0x8000_00E7L);
        tables.map(large, 0x8000_0000L, 0x9_0000_0000L, 21, READ_WRITE);
        long offset = VA & 0x1F_FFFF;
        assertOutput(0x9_0000_0000L | offset, 21, tables.walk(VA, READ_WRITE, first, large));

        tables.store(tables.slot(large, 0x8000_0000L, 2), 0);
        tables.map(large, 0x8000_0000L | offset & -0x1000, 0x9_0000_3000L, 12, READ_WRITE);
        assertOutput(0x9_0000_3E80L, 12, tables.walk(VA, READ_WRITE, first, large));
    }

    @Test
    void shouldTellWhichStageCouldNotRead() {
        nest(0x67);
        tables.store(tables.slot(second, guestTable(3), 1), TestTables.END | 3);
        assertFault(WalkFault.UNREADABLE, 1, WalkPlace.TABLE, walk(Access.READ));

        Stage lost = new VtdSecondStage(4, TestTables.END, 57, 52, Set.of());
        TableWalk walk = tables.walk(VA, Access.READ, first, lost);
        assertFault(WalkFault.UNREADABLE, 2, WalkPlace.ROOT, walk);
        assertEquals(lost.startLevel(), walk.faultLevel());
    }
}
