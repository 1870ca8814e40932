package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.paging.WalkAssertions.assertFault;
import static svasim.paging.WalkAssertions.assertFaultAt;
import static svasim.paging.WalkAssertions.assertOutput;
import static svasim.paging.WalkAssertions.assertPermissions;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.paging.X86Stage.Option;

/** x86-64 tables as the first stage of VT-d walks them. */
class X86WalkTest {
    private static final long VA = 0x00007F3A5C6D7E80L;
    private static final long PAGE = VA & -0x1000L;
    private static final long FRAME = 0x0000000234567000L;
    private static final int USER_READ = Access.READ;
    private static final int USER_WRITE = Access.WRITE;
    private static final int KERNEL_READ = Access.READ | Access.PRIVILEGED;
    private static final int KERNEL_WRITE = Access.WRITE | Access.PRIVILEGED;
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long ACCESSED = 1 << 5;
    private static final long DIRTY = 1 << 6;
    private static final long EXTENDED_ACCESSED = 1 << 10;

    private final TestTables tables = new TestTables();
    private final long root = tables.root();

    private Stage stage(Option... options) {
        return new X86Stage(4, root, 52, Set.of(options));
    }

    private TableWalk walk(Stage stage, int access) {
        return tables.walk(VA, access, stage, null);
    }

    private Stage mapped(int access, Option... options) {
        Stage stage = stage(options);
        tables.map(stage, PAGE, FRAME, 12, access);
        return stage;
    }

    @Test
    void shouldTranslateTheReferenceVector() {
        tables.store(0x10047f0, 0x1005027);
        tables.store(0x1005748, 0x1006027);
        tables.store(0x1006718, 0x1007027);
        tables.store(0x10076b8, 0x234567067L);
        Stage stage = new X86Stage(4, 0x1004000, 52, Set.of(Option.WRITE_PROTECT));

        assertOutput(0x234567E80L, 12, tables.walk(VA, READ_WRITE, stage, null));

        assertEquals(4, tables.reads());
        assertEquals(0, tables.updates());
        assertEquals(0x234567067L, tables.walk.leaf());
        assertTrue(tables.walk.dirtyKnown());
    }

    @Test
    void shouldWalkFiveLevelsOfAWideAddress() {
        Stage stage = new X86Stage(5, root, 52, Set.of());
        long input = 0x00FE_3456_789A_B123L;
        tables.map(stage, input & -0x1000L, FRAME, 12, USER_READ);

        assertOutput(FRAME | 0x123, 12, tables.walk(input, USER_READ, stage, null));

        assertEquals(5, tables.reads());
    }

    @ParameterizedTest
    @CsvSource({"12, 4", "21, 3", "30, 2"})
    void shouldStopAtLeavesOfEachSize(int pageShift, int reads) {
        Stage stage = stage(Option.PAGES_1G);
        long offset = VA & (1L << pageShift) - 1;
        tables.map(stage, VA - offset, 0x40_0000_0000L, pageShift, READ_WRITE);

        assertOutput(0x40_0000_0000L | offset, pageShift, walk(stage, USER_WRITE));

        assertEquals(reads, tables.reads());
    }

    @Test
    void shouldTakePagesOf1GAsReservedWithoutTheCapability() {
        Stage capable = stage(Option.PAGES_1G);
        tables.map(capable, VA & -(1L << 30), 1L << 30, 30, USER_READ);

        assertFaultAt(WalkFault.RESERVED_BIT, 3, walk(stage(), USER_READ));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 00007FFFFFFFFFFF, true",
        "4, 0000800000000000, false",
        "4, FFFF7FFFFFFFFFFF, false",
        "4, FFFF800000000000, true",
        "5, 00FFFFFFFFFFFFFF, true",
        "5, 0100000000000000, false",
        "5, FEFFFFFFFFFFFFFF, false",
        "5, FF00000000000000, true",
    })
    void shouldAcceptOnlyCanonicalInputs(int levels, String input, boolean canonical) {
        Stage stage = new X86Stage(levels, root, 52, Set.of());
        TableWalk walk = tables.walk(Long.parseUnsignedLong(input, 16), USER_READ, stage, null);

        if (canonical) {
            assertFault(WalkFault.NOT_PRESENT, 1, WalkPlace.ROOT, walk);
        } else {
            assertFault(WalkFault.INPUT_RANGE, 1, WalkPlace.INPUT, walk);
            assertEquals(0, tables.reads());
        }
    }

    @Test
    void shouldReserveThePageSizeBitAboveTheLargestLeaf() {
        for (int level = 4; level <= 5; level++) {
            Stage stage = new X86Stage(5, tables.root(), 52, Set.of(Option.PAGES_1G));
            tables.map(stage, PAGE, FRAME, 12, USER_READ);
            tables.set(stage, PAGE, level, 1 << 7);

            assertFaultAt(WalkFault.RESERVED_BIT, level, walk(stage, USER_READ));
        }
    }

    @Test
    void shouldReserveAddressBitsAboveTheHostWidthAtEachLevel() {
        for (int level = 1; level <= 4; level++) {
            for (int bit = 46; bit < 52; bit++) {
                Stage stage = new X86Stage(4, tables.root(), 46, Set.of());
                tables.map(stage, PAGE, FRAME, 12, USER_READ);
                tables.set(stage, PAGE, level, 1L << bit);

                assertFaultAt(WalkFault.RESERVED_BIT, level, walk(stage, USER_READ));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"21, 13, true", "21, 20, true", "21, 12, false", "30, 29, true", "30, 12, false"})
    void shouldReserveAddressBitsBelowLargeLeaves(int pageShift, int bit, boolean reserved) {
        Stage stage = stage(Option.PAGES_1G);
        tables.map(stage, VA & -(1L << pageShift), 1L << 38, pageShift, USER_READ);
        tables.set(stage, VA, pageShift == 21 ? 2 : 3, 1L << bit);

        TableWalk walk = walk(stage, USER_READ);

        assertEquals(reserved ? WalkFault.RESERVED_BIT : null, walk.fault());
        if (!reserved) {
            assertOutput(1L << 38 | VA & (1L << pageShift) - 1, pageShift, walk);
        }
    }

    @Test
    void shouldIgnoreSoftwareBitsAndExecuteDisable() {
        Stage stage = mapped(READ_WRITE);
        long ignored = 0x7FFL << 52 | 1L << 63 | 7L << 8 & ~EXTENDED_ACCESSED | 1 << 11;
        tables.set(stage, PAGE, 1, ignored);

        assertOutput(FRAME | VA & 0xFFF, 12, walk(stage, USER_READ | Access.EXECUTE));
    }

    @Test
    void shouldLookAtPresenceBeforeReservedBits() {
        Stage stage = mapped(READ_WRITE);
        tables.store(tables.slot(stage, PAGE, 2), 1L << 51 | 0x80);
        stage = new X86Stage(4, root, 46, Set.of());

        assertFaultAt(WalkFault.NOT_PRESENT, 2, walk(stage, USER_READ));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldRefuseUserRequestsIfAnyLevelIsForSupervisorsOnly(int level) {
        Stage stage = mapped(READ_WRITE);
        tables.clear(stage, PAGE, level, 1 << 2);

        assertFault(WalkFault.PRIVILEGE, 1, WalkPlace.INPUT, walk(stage, USER_READ));
        assertFault(WalkFault.PRIVILEGE, 1, WalkPlace.INPUT, walk(stage, USER_WRITE));
        assertOutput(FRAME | VA & 0xFFF, 12, walk(stage, KERNEL_WRITE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldRefuseWritesIfAnyLevelIsReadOnly(int level) {
        Stage obeying = mapped(READ_WRITE, Option.WRITE_PROTECT);
        tables.clear(obeying, PAGE, level, 1 << 1);

        assertFault(WalkFault.WRITE_PERMISSION, 1, WalkPlace.INPUT, walk(obeying, USER_WRITE));
        assertFault(WalkFault.WRITE_PERMISSION, 1, WalkPlace.INPUT, walk(obeying, KERNEL_WRITE));
        assertPermissions("rx", walk(obeying, USER_READ));
        assertPermissions("rwx", walk(stage(), KERNEL_WRITE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldHonourExecuteDisableAtEachLevelWhereItExists(int level) {
        Stage stage = mapped(READ_WRITE | Access.EXECUTE, Option.EXECUTE_DISABLE);
        assertPermissions("rwx", walk(stage, USER_READ | Access.EXECUTE));
        tables.set(stage, PAGE, level, 1L << 63);

        TableWalk walk = walk(stage, USER_READ | Access.EXECUTE);

        assertFault(WalkFault.EXECUTE_PERMISSION, 1, WalkPlace.INPUT, walk);
    }

    @Test
    void shouldKeepSupervisorsFromExecutingUserPages() {
        Stage stage = mapped(READ_WRITE | Access.EXECUTE, Option.NO_PRIVILEGED_EXECUTE);

        assertPermissions("rw", walk(stage, KERNEL_READ));
        tables.clear(stage, PAGE, 1, 1 << 2);
        assertPermissions("rwx", walk(stage, KERNEL_READ));
    }

    @Test
    void shouldSetAccessedInEachEntryAndDirtyOnlyOnWrites() {
        Stage stage = mapped(READ_WRITE);
        for (int level = 2; level <= 4; level++) {
            tables.clear(stage, PAGE, level, ACCESSED);
        }

        assertFalse(walk(stage, USER_READ).dirtyKnown());
        assertEquals(4, tables.updates());
        for (int level = 1; level <= 4; level++) {
            assertEquals(
                    ACCESSED, tables.entry(stage, PAGE, level) & (ACCESSED | DIRTY), "L" + level);
        }

        assertTrue(walk(stage, USER_WRITE).dirtyKnown());
        assertEquals(1, tables.updates());
        assertEquals(ACCESSED | DIRTY, tables.entry(stage, PAGE, 1) & (ACCESSED | DIRTY));

        walk(stage, USER_WRITE);
        assertEquals(0, tables.updates());
        assertOutput(FRAME | 0xE80, 12, walk(stage(Option.NO_UPDATES), USER_WRITE));
    }

    @Test
    void shouldFaultInsteadOfSettingBitsOnAWalkThatDoesNotSnoop() {
        Stage stage = mapped(READ_WRITE, Option.NO_UPDATES);

        assertFaultAt(WalkFault.UPDATE_NOT_SNOOPED, 1, walk(stage, USER_READ));
    }

    @Test
    void shouldSetExtendedAccessedWhereEnabled() {
        Stage stage = mapped(READ_WRITE, Option.EXTENDED_ACCESSED);

        walk(stage, USER_READ);

        for (int level = 1; level <= 4; level++) {
            long both = ACCESSED | EXTENDED_ACCESSED;
            assertEquals(both, tables.entry(stage, PAGE, level) & both, "L" + level);
        }
    }

    @Test
    void shouldLeaveTheLeafAloneWhenTheAccessIsRefused() {
        Stage stage = mapped(Access.READ, Option.WRITE_PROTECT);

        walk(stage, USER_WRITE);

        assertEquals(0, tables.entry(stage, PAGE, 1) & (ACCESSED | DIRTY));
    }

    @Test
    void shouldAnswerTranslationRequestsWithWhatIsPermitted() {
        Stage stage = mapped(Access.READ, Option.WRITE_PROTECT);

        assertPermissions("rx", walk(stage, READ_WRITE | Access.TRANSLATION_REQUEST));
        assertEquals(0, tables.entry(stage, PAGE, 1) & DIRTY);

        tables.clear(stage, PAGE, 1, 1 << 2);
        assertPermissions("", walk(stage, READ_WRITE | Access.TRANSLATION_REQUEST));
    }

    @Test
    void shouldMarkDirtyForATranslationRequestThatMayWrite() {
        Stage stage = mapped(READ_WRITE);

        walk(stage, Access.READ | Access.TRANSLATION_REQUEST);
        assertEquals(0, tables.entry(stage, PAGE, 1) & DIRTY);

        walk(stage, READ_WRITE | Access.TRANSLATION_REQUEST);
        assertEquals(DIRTY, tables.entry(stage, PAGE, 1) & DIRTY);
    }

    @Test
    void shouldReadTheEntryAgainWhenAnUpdateIsLost() {
        Stage stage = mapped(READ_WRITE);
        tables.walk.start(VA, USER_WRITE, stage, null);
        while (tables.walk.next() == Walk.Step.READ) {
            tables.step();
        }
        assertEquals(Walk.Step.UPDATE, tables.walk.next());
        tables.clear(stage, PAGE, 1, 1 << 1);

        TableWalk walk = tables.finish();

        assertEquals(1, tables.reads());
        assertFault(WalkFault.WRITE_PERMISSION, 1, WalkPlace.INPUT, walk);
        assertEquals(0, tables.entry(stage, PAGE, 1) & (ACCESSED | DIRTY));
    }

    @Test
    void shouldFailWhenNoUpdateIsAnswered() {
        Stage stage = mapped(READ_WRITE);
        tables.walk.start(VA, USER_WRITE, stage, null);
        while (tables.walk.next() == Walk.Step.READ) {
            tables.step();
        }

        tables.walk.unreadable();

        assertFaultAt(WalkFault.UPDATE_FAILED, 1, tables.walk);
        assertEquals(WalkPlace.TABLE, tables.walk.faultPlace());
    }
}
