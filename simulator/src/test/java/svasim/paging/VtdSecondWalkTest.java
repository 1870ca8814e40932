package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.paging.WalkAssertions.assertFault;
import static svasim.paging.WalkAssertions.assertFaultAt;
import static svasim.paging.WalkAssertions.assertOutput;
import static svasim.paging.WalkAssertions.assertPermissions;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.paging.VtdSecondStage.Option;

/** VT-d second stage alone, as in legacy mode. */
class VtdSecondWalkTest {
    private static final long IOVA = 0x12345678L;
    private static final long PAGE = IOVA & -0x1000L;
    private static final long FRAME = 0x7654321000L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long ACCESSED = 1 << 8;
    private static final long DIRTY = 1 << 9;

    private final TestTables tables = new TestTables();
    private final long root = tables.root();

    private Stage stage(Option... options) {
        return new VtdSecondStage(4, root, 57, 52, Set.of(options));
    }

    private Stage mapped(int access, Option... options) {
        Stage stage = stage(options);
        tables.map(stage, PAGE, FRAME, 12, access);
        return stage;
    }

    private TableWalk walk(Stage stage, int access) {
        return tables.walk(IOVA, access, null, stage);
    }

    @Test
    void shouldTranslateTheReferenceVector() {
        tables.store(0x1010000, 0x1011003);
        tables.store(0x1011488, 0x7fe00083);
        Stage stage = new VtdSecondStage(3, 0x1010000, 57, 52, Set.of(Option.PAGES_2M));

        assertOutput(0x7ff45678L, 21, tables.walk(IOVA, READ_WRITE, null, stage));

        assertEquals(2, tables.reads());
        assertEquals(0x7fe00083, tables.walk.leaf());
        assertEquals(IOVA, tables.walk.intermediate());
    }

    @ParameterizedTest
    @CsvSource({"3, 57, 39", "4, 57, 48", "5, 57, 57", "4, 46, 46", "5, 48, 48"})
    void shouldAcceptInputsUpToTheSmallerOfWidthAndGuestWidth(int levels, int guest, int bits) {
        Stage stage = new VtdSecondStage(levels, root, guest, 52, Set.of());

        TableWalk inside = tables.walk((1L << bits) - 1, Access.READ, null, stage);
        assertFaultAt(WalkFault.NOT_PRESENT, levels, inside);

        TableWalk outside = tables.walk(1L << bits, Access.READ, null, stage);
        assertFault(WalkFault.INPUT_RANGE, 2, WalkPlace.INPUT, outside);
        assertEquals(0, outside.faultLevel());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldTakeAnEntryWithoutReadAndWriteAsNotPresent(int level) {
        Stage stage = mapped(READ_WRITE);
        tables.clear(stage, PAGE, level, 3);

        assertFaultAt(WalkFault.NOT_PRESENT, level, walk(stage, Access.READ));
        assertEquals(WalkPlace.INPUT, tables.walk.faultPlace());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldGrantOnlyWhatEachLevelGrants(int level) {
        Stage stage = mapped(READ_WRITE);
        tables.clear(stage, PAGE, level, 2);
        assertPermissions("rx", walk(stage, Access.READ));
        assertFault(WalkFault.WRITE_PERMISSION, 2, WalkPlace.INPUT, walk(stage, Access.WRITE));

        tables.set(stage, PAGE, level, 2);
        tables.clear(stage, PAGE, level, 1);
        assertPermissions("wx", walk(stage, Access.WRITE));
        assertFault(WalkFault.READ_PERMISSION, 2, WalkPlace.INPUT, walk(stage, Access.READ));
    }

    @Test
    void shouldRefuseWhenLevelsHaveNoPermissionInCommon() {
        Stage stage = mapped(Access.WRITE);
        tables.clear(stage, PAGE, 3, 2);

        assertFault(WalkFault.READ_PERMISSION, 2, WalkPlace.INPUT, walk(stage, Access.READ));
        assertFault(WalkFault.WRITE_PERMISSION, 2, WalkPlace.INPUT, walk(stage, Access.WRITE));
    }

    @Test
    void shouldServeZeroLengthReadsByWritePermissionIfCapable() {
        int flush = Access.READ | Access.ZERO_LENGTH;
        Stage strict = mapped(Access.WRITE);

        assertFault(WalkFault.READ_PERMISSION, 2, WalkPlace.INPUT, walk(strict, flush));
        Stage lenient = stage(Option.ZERO_LENGTH_BY_WRITE);
        assertOutput(FRAME | 0x678, 12, walk(lenient, flush));
        assertFault(WalkFault.READ_PERMISSION, 2, WalkPlace.INPUT, walk(lenient, Access.READ));
    }

    @ParameterizedTest
    @CsvSource({"21, PAGES_2M", "30, PAGES_1G"})
    void shouldTakeLargePagesAsReservedWithoutTheCapability(int pageShift, Option capability) {
        Stage capable = stage(capability);
        long offset = IOVA & (1L << pageShift) - 1;
        tables.map(capable, IOVA - offset, 1L << 40, pageShift, READ_WRITE);

        assertOutput(1L << 40 | offset, pageShift, walk(capable, Access.READ));
        int level = pageShift == 21 ? 2 : 3;
        assertFaultAt(WalkFault.RESERVED_BIT, level, walk(stage(), Access.READ));
        tables.set(capable, PAGE, level, 1L << pageShift - 1);
        assertFaultAt(WalkFault.RESERVED_BIT, level, walk(capable, Access.READ));
    }

    @Test
    void shouldReserveThePageSizeBitAboveTheLargestLeaf() {
        Stage stage =
                new VtdSecondStage(
                        5,
                        root,
                        57,
                        52,
                        EnumSet.complementOf(EnumSet.of(Option.IO_PERMISSIONS, Option.NO_UPDATES)));
        tables.map(stage, PAGE, FRAME, 12, READ_WRITE);
        for (int level = 5; level >= 4; level--) {
            tables.set(stage, PAGE, level, 1 << 7);
            assertFaultAt(WalkFault.RESERVED_BIT, level, walk(stage, Access.READ));
            tables.clear(stage, PAGE, level, 1 << 7);
        }
    }

    @Test
    void shouldReserveTheSnoopBitInTablesAndWithoutTheCapabilityInLeaves() {
        Stage snooping = mapped(READ_WRITE, Option.SNOOP);
        tables.set(snooping, PAGE, 1, 1 << 11);

        assertOutput(FRAME | 0x678, 12, walk(snooping, Access.READ));
        assertFaultAt(WalkFault.RESERVED_BIT, 1, walk(stage(), Access.READ));
        tables.set(snooping, PAGE, 2, 1 << 11);
        assertFaultAt(WalkFault.RESERVED_BIT, 2, walk(snooping, Access.READ));
    }

    @Test
    void shouldReserveAddressBitsAboveTheHostWidthAtEachLevel() {
        for (int level = 1; level <= 4; level++) {
            Stage stage = new VtdSecondStage(4, tables.root(), 57, 46, Set.of());
            tables.map(stage, PAGE, 0x1000, 12, READ_WRITE);
            tables.set(stage, PAGE, level, 1L << 46);

            assertFaultAt(WalkFault.RESERVED_BIT, level, walk(stage, Access.READ));
        }
    }

    @Test
    void shouldReserveBit62UnlessItIsTransientMapping() {
        Stage stage = mapped(READ_WRITE);
        tables.set(stage, PAGE, 1, 1L << 62);

        assertFaultAt(WalkFault.RESERVED_BIT, 1, walk(stage, Access.READ));
        assertOutput(FRAME | 0x678, 12, walk(stage(Option.BIT_62_IGNORED), Access.READ));
    }

    @Test
    void shouldIgnoreAllOtherBits() {
        Stage stage = mapped(READ_WRITE);
        long ignored = 0x1FFL << 52 | 1L << 61 | 1L << 63 | 0x77C;
        tables.set(stage, PAGE, 1, ignored);

        assertOutput(FRAME | 0x678, 12, walk(stage, READ_WRITE));
    }

    @Test
    void shouldLookAtPresenceBeforeReservedBits() {
        Stage stage = mapped(READ_WRITE);
        tables.store(tables.slot(stage, PAGE, 1), 1L << 62);

        assertFaultAt(WalkFault.NOT_PRESENT, 1, walk(stage, Access.READ));
    }

    @Test
    void shouldFaultInsteadOfSettingBitsOnAWalkThatDoesNotSnoop() {
        mapped(READ_WRITE);

        Stage tracking = stage(Option.ACCESSED_DIRTY, Option.NO_UPDATES);
        assertFaultAt(WalkFault.UPDATE_NOT_SNOOPED, 4, walk(tracking, Access.READ));
        assertOutput(FRAME | 0x678, 12, walk(stage(Option.NO_UPDATES), Access.READ));
    }

    @Test
    void shouldSetAccessedAndDirtyOnlyWhenEnabled() {
        Stage plain = mapped(READ_WRITE);
        assertTrue(walk(plain, READ_WRITE).dirtyKnown());
        assertEquals(0, tables.updates());

        Stage tracking = stage(Option.ACCESSED_DIRTY);
        assertFalse(walk(tracking, Access.READ).dirtyKnown());
        assertEquals(4, tables.updates());
        for (int level = 1; level <= 4; level++) {
            assertEquals(
                    ACCESSED, tables.entry(plain, PAGE, level) & (ACCESSED | DIRTY), "L" + level);
        }

        assertTrue(walk(tracking, Access.WRITE).dirtyKnown());
        assertEquals(ACCESSED | DIRTY, tables.entry(plain, PAGE, 1) & (ACCESSED | DIRTY));
        assertEquals(ACCESSED, tables.entry(plain, PAGE, 2) & (ACCESSED | DIRTY));
    }
}
