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
import svasim.paging.VmsaStage1.Option;

/** Stage 1 of VMSAv8-64 alone. */
class VmsaStage1WalkTest {
    private static final long VA = 0x00007F3A5C6D7E80L;
    private static final long PAGE = VA & -0x1000L;
    private static final long FRAME = 0x234567000L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final int ALL = READ_WRITE | Access.EXECUTE;
    private static final int PRIVILEGED_READ = Access.READ | Access.PRIVILEGED;
    private static final int PRIVILEGED_WRITE = Access.WRITE | Access.PRIVILEGED;
    private static final int PRIVILEGED_EXECUTE = Access.EXECUTE | Access.PRIVILEGED;
    private static final long AP_1 = 1 << 6;
    private static final long AP_2 = 1 << 7;
    private static final long AF = 1 << 10;
    private static final long DBM = 1L << 51;
    private static final long PXN = 1L << 53;
    private static final long UXN = 1L << 54;

    private final TestTables tables = new TestTables();
    private final long root = tables.root();

    private static Stage stage(Granule granule, int inputBits, long root, Option... options) {
        var format = new VmsaStage1Format(granule, false);
        var sizes = VmsaSizes.ofStage1(format, inputBits, 48);
        return new VmsaStage1(format, sizes, root, Set.of(options));
    }

    private Stage stage(Option... options) {
        return stage(Granule.KIB_4, 48, root, options);
    }

    private Stage mapped(int access, Option... options) {
        Stage stage = stage(options);
        tables.map(stage, PAGE, FRAME, 12, access);
        return stage;
    }

    private TableWalk walk(Stage stage, int access) {
        return tables.walk(VA, access, stage, null);
    }

    @Test
    void shouldTranslateTheReferenceVector() {
        tables.store(0x10207f0, 0x1021003);
        tables.store(0x1021748, 0x1022003);
        tables.store(0x1022718, 0x1023003);
        tables.store(0x10236b8, 0x0060000234567f43L);
        Stage stage = stage(Granule.KIB_4, 48, 0x1020000);

        assertOutput(0x234567E80L, 12, walk(stage, READ_WRITE));
        assertPermissions("rw", tables.walk);
        assertFault(WalkFault.EXECUTE_PERMISSION, 1, WalkPlace.INPUT, walk(stage, Access.EXECUTE));
    }

    @Test
    void shouldTranslateTheVectorsWithGranulesOf16KAnd64K() {
        tables.store(0x1101f98, 0x1110003);
        tables.store(0x1112970, 0x1120003);
        tables.store(0x1120da8, 0x374560f43L);
        Stage of16K = stage(Granule.KIB_16, 47, 0x1100000);
        TableWalk walk = tables.walk(0x3f3a5c6d7e80L, Access.READ, of16K, null);
        assertOutput(0x374563e80L, 14, walk);

        tables.store(0x1104a90, 0x1110003);
        tables.store(0x111e368, 0x374560f43L);
        Stage of64K = stage(Granule.KIB_64, 42, 0x1100000);
        walk = tables.walk(0x12a5c6d7e80L, Access.READ, of64K, null);
        assertOutput(0x374567e80L, 16, walk);
    }

    @ParameterizedTest
    @CsvSource({
        "KIB_4, 48, 0", "KIB_4, 40, 0", "KIB_4, 39, 1", "KIB_4, 31, 1", "KIB_4, 30, 2",
        "KIB_4, 22, 2", "KIB_4, 21, 3", "KIB_4, 16, 3", "KIB_16, 48, 0", "KIB_16, 47, 1",
        "KIB_16, 37, 1", "KIB_16, 36, 2", "KIB_16, 26, 2", "KIB_16, 25, 3", "KIB_16, 16, 3",
        "KIB_64, 48, 1", "KIB_64, 43, 1", "KIB_64, 42, 2", "KIB_64, 30, 2", "KIB_64, 29, 3",
        "KIB_64, 17, 3",
    })
    void shouldStartAtTheLevelOfTheInputSize(Granule granule, int inputBits, int level) {
        Stage stage = stage(granule, inputBits, root);
        long input = (1L << inputBits) - (1L << granule.shift());
        tables.map(stage, input, FRAME & -0x10000L, granule.shift(), Access.READ);

        assertEquals(VmsaFormat.level(level), stage.startLevel());
        assertOutput(FRAME & -0x10000L, granule.shift(), tables.walk(input, 1, stage, null));
        assertEquals(4 - level, tables.reads());
    }

    @Test
    void shouldIndexThe52BitFormsOfEachGranule() {
        long output = 0x000A_5000_0000_0000L;
        for (Granule granule : Granule.values()) {
            var format = new VmsaStage1Format(granule, true);
            var sizes = VmsaSizes.ofStage1(format, 52, 52);
            Stage stage = new VmsaStage1(format, sizes, tables.root(), Set.of());
            long input = 0x000F_FFFF_FFFF_0000L;
            tables.map(stage, input, output, granule.shift(), Access.READ);

            assertOutput(
                    output | 0xABC, granule.shift(), tables.walk(input | 0xABC, 1, stage, null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, 0000800000000000, true",
        "false, false, 00007FFFFFFFFFFF, false",
        "false, false, 0100000000000000, true",
        "false, true, FF00000000000000, false",
        "false, true, 0080000000000000, true",
        "true, false, FFFF800000000000, false",
        "true, false, FFFF7FFFFFFFFFFF, true",
        "true, false, 00FF800000000000, true",
        "true, true, 00FF800000000000, false",
        "true, true, FF7F800000000000, true",
    })
    void shouldCheckTheBitsAboveTheRegion(
            boolean upper, boolean ignoreTop, String input, boolean outside) {
        Option half = upper ? Option.UPPER_HALF : Option.HARDWARE_DIRTY;
        Option top = ignoreTop ? Option.TOP_BYTE_IGNORED : Option.ACCESS_FLAG_IGNORED;
        Stage stage = stage(Granule.KIB_4, 47, root, half, top);

        TableWalk walk = tables.walk(Long.parseUnsignedLong(input, 16), 1, stage, null);

        assertEquals(outside ? WalkFault.INPUT_RANGE : WalkFault.NOT_PRESENT, walk.fault());
    }

    @Test
    void shouldWalkTheUpperHalfWithTheLowBits() {
        Stage stage = stage(Granule.KIB_4, 39, root, Option.UPPER_HALF);
        long input = 0xFFFF_FFFF_FFFF_F000L;
        tables.map(stage, input, FRAME, 12, Access.READ);

        assertOutput(FRAME | 0x123, 12, tables.walk(input | 0x123, 1, stage, null));
    }

    @Test
    void shouldNotWalkAHalfThatIsDisabled() {
        mapped(ALL);

        TableWalk walk = walk(stage(Option.WALKS_DISABLED), Access.READ);
        assertFault(WalkFault.INPUT_RANGE, 1, WalkPlace.INPUT, walk);
        assertEquals(0, tables.reads());
    }

    @Test
    void shouldDisableWalksForUnprivilegedRequestsOnly() {
        mapped(ALL);
        Stage stage = stage(Option.UNPRIVILEGED_DISABLED);

        assertFault(WalkFault.INPUT_RANGE, 1, WalkPlace.INPUT, walk(stage, Access.READ));
        assertOutput(FRAME | 0xE80, 12, walk(stage, PRIVILEGED_READ));
    }

    @Test
    void shouldTakeBlocksAtTheFirstAndLastLevelAsInvalid() {
        Stage stage = mapped(ALL);
        tables.clear(stage, PAGE, 1, 2);
        assertFaultAt(WalkFault.NOT_PRESENT, 1, walk(stage, Access.READ));

        tables.clear(stage, PAGE, 4, 2);
        assertFaultAt(WalkFault.NOT_PRESENT, 4, walk(stage, Access.READ));
    }

    @ParameterizedTest
    @CsvSource({"KIB_4, 30", "KIB_4, 21", "KIB_16, 25", "KIB_64, 29"})
    void shouldTranslateBlocks(Granule granule, int shift) {
        Stage stage = stage(granule, 48, root);
        long offset = VA & (1L << shift) - 1;
        tables.map(stage, VA - offset, 1L << 40, shift, Access.READ);

        assertOutput(1L << 40 | offset, shift, walk(stage, Access.READ));
    }

    /** The permissions that a translation request of each privilege is told. */
    private void assertGranted(String unprivileged, String privileged, Stage stage) {
        assertPermissions(unprivileged, walk(stage, Access.TRANSLATION_REQUEST));
        int request = Access.TRANSLATION_REQUEST | Access.PRIVILEGED;
        assertPermissions(privileged, walk(stage, request));
    }

    private Stage leaf(long attributes, Option... options) {
        Stage stage = mapped(ALL | Access.PRIVILEGED, options);
        tables.clear(stage, PAGE, 1, AP_1 | AP_2 | PXN | UXN);
        tables.set(stage, PAGE, 1, attributes);
        return stage;
    }

    @Test
    void shouldGrantDataAccessByAccessPermission() {
        assertGranted("", "rw", leaf(PXN | UXN));
        assertGranted("rw", "rw", leafAgain(AP_1 | PXN | UXN));
        assertGranted("", "r", leafAgain(AP_2 | PXN | UXN));
        assertGranted("r", "r", leafAgain(AP_1 | AP_2 | PXN | UXN));
    }

    private Stage leafAgain(long attributes, Option... options) {
        Stage stage = stage(options);
        tables.clear(stage, PAGE, 1, AP_1 | AP_2 | PXN | UXN);
        tables.set(stage, PAGE, 1, attributes);
        return stage;
    }

    @Test
    void shouldGrantExecutionSeparatelyToEachPrivilege() {
        assertGranted("rx", "rx", leaf(AP_1 | AP_2));
        assertGranted("r", "rx", leafAgain(AP_1 | AP_2 | UXN));
        assertGranted("rx", "r", leafAgain(AP_1 | AP_2 | PXN));
        assertGranted("x", "rwx", leafAgain(0));
    }

    @Test
    void shouldNeverLetPrivilegedSoftwareExecuteWhatOthersWrite() {
        Stage stage = leaf(AP_1);

        assertGranted("rwx", "rw", stage);
        assertFault(
                WalkFault.EXECUTE_PERMISSION, 1, WalkPlace.INPUT, walk(stage, PRIVILEGED_EXECUTE));
    }

    @Test
    void shouldNotExecuteWhatIsWritableWithWxn() {
        assertGranted("rw", "rw", leaf(AP_1, Option.WRITABLE_EXECUTE_NEVER));
        assertGranted("rx", "rx", leafAgain(AP_1 | AP_2, Option.WRITABLE_EXECUTE_NEVER));
        assertGranted("x", "rw", leafAgain(0, Option.WRITABLE_EXECUTE_NEVER));
    }

    @Test
    void shouldRefusePrivilegedDataAccessToOthersPagesWithPan() {
        assertGranted("r", "", leaf(AP_1 | AP_2 | PXN | UXN, Option.PRIVILEGED_ACCESS_NEVER));
        assertGranted("", "rw", leafAgain(PXN | UXN, Option.PRIVILEGED_ACCESS_NEVER));
    }

    @Test
    void shouldKnowOnePrivilegeWhereThereIsOnlyOne() {
        assertGranted("rwx", "rwx", leaf(PXN, Option.ONE_PRIVILEGE));
        assertGranted("r", "r", leafAgain(AP_2 | UXN, Option.ONE_PRIVILEGE));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void shouldApplyTheLimitsOfEachTable(int level) {
        Stage stage = leaf(AP_1);
        assertLimit(stage, level, 62, "rx", "rx");
        assertLimit(stage, level, 61, "x", "rwx");
        assertLimit(stage, level, 60, "rw", "rw");
        tables.set(stage, PAGE, 1, AP_2);
        assertLimit(stage, level, 59, "rx", "r");
    }

    private void assertLimit(
            Stage stage, int level, int bit, String unprivileged, String privileged) {
        String before = Access.text(walk(stage, Access.TRANSLATION_REQUEST).permissions());
        tables.set(stage, PAGE, level, 1L << bit);
        assertGranted(unprivileged, privileged, stage);
        Stage flat = stage(Option.HIERARCHY_DISABLED);
        assertPermissions(before, walk(flat, Access.TRANSLATION_REQUEST));
        tables.clear(stage, PAGE, level, 1L << bit);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldRefuseAddressesBeyondTheOutputSizeAtEachLevel(int level) {
        mapped(ALL);
        var format = new VmsaStage1Format(Granule.KIB_4, false);
        Stage narrow = new VmsaStage1(format, new VmsaSizes(48, 4, 40), root, Set.of());
        assertOutput(FRAME | 0xE80, 12, walk(narrow, Access.READ));

        tables.set(narrow, PAGE, level, 1L << 40);

        assertFaultAt(WalkFault.ADDRESS_SIZE, level, walk(narrow, Access.READ));
    }

    @Test
    void shouldIgnoreAddressBitsThatTheFormatDoesNotHave() {
        Stage stage = mapped(Access.READ);
        tables.set(stage, PAGE, 1, 7L << 48);
        tables.set(stage, PAGE, 2, 7L << 48);

        assertOutput(FRAME | 0xE80, 12, walk(stage, Access.READ));
    }

    @Test
    void shouldFaultOnAClearAccessFlagBeforePermissions() {
        Stage stage = mapped(Access.READ);
        tables.clear(stage, PAGE, 1, AF);

        assertFault(WalkFault.ACCESS_FLAG, 1, WalkPlace.INPUT, walk(stage, Access.WRITE));
        assertFault(
                WalkFault.ACCESS_FLAG,
                1,
                WalkPlace.INPUT,
                walk(stage, Access.READ | Access.TRANSLATION_REQUEST));
        Stage lenient = stage(Option.ACCESS_FLAG_IGNORED);
        assertOutput(FRAME | 0xE80, 12, walk(lenient, Access.READ));
        assertEquals(0, tables.entry(stage, PAGE, 1) & AF);
    }

    @Test
    void shouldSetTheAccessFlagOfTheLeafWithHa() {
        Stage stage = mapped(Access.READ, Option.HARDWARE_ACCESS);
        tables.clear(stage, PAGE, 1, AF);

        assertOutput(FRAME | 0xE80, 12, walk(stage, Access.READ));

        assertEquals(1, tables.updates());
        assertEquals(AF, tables.entry(stage, PAGE, 1) & AF);
    }

    @Test
    void shouldSetTheAccessFlagOfTablesWithHaft() {
        Stage stage = mapped(Access.READ, Option.HARDWARE_ACCESS, Option.HARDWARE_TABLE_ACCESS);

        walk(stage, Access.READ);

        assertEquals(3, tables.updates());
        for (int level = 2; level <= 4; level++) {
            assertEquals(AF, tables.entry(stage, PAGE, level) & AF);
        }
    }

    @Test
    void shouldNotSetTheAccessFlagOfTablesWithoutHa() {
        Stage stage = mapped(Access.READ, Option.HARDWARE_TABLE_ACCESS);

        assertOutput(FRAME | 0xE80, 12, walk(stage, Access.READ));

        assertEquals(0, tables.updates());
    }

    @Test
    void shouldMakeAPageWithDbmWritableOnTheFirstWrite() {
        Stage stage = mapped(Access.READ, Option.HARDWARE_ACCESS, Option.HARDWARE_DIRTY);
        tables.set(stage, PAGE, 1, DBM);

        assertFalse(walk(stage, Access.READ).dirtyKnown());
        assertPermissions("rw", tables.walk);
        assertEquals(AP_2, tables.entry(stage, PAGE, 1) & AP_2);

        assertTrue(walk(stage, Access.WRITE).dirtyKnown());
        assertEquals(1, tables.updates());
        assertEquals(0, tables.entry(stage, PAGE, 1) & AP_2);
    }

    @Test
    void shouldNotMakeAPageWritableThatIsReadOnlyForAnotherReason() {
        Stage stage = mapped(Access.READ, Option.HARDWARE_ACCESS, Option.HARDWARE_DIRTY);
        tables.set(stage, PAGE, 1, DBM);
        tables.set(stage, PAGE, 3, 1L << 62);

        assertFault(WalkFault.WRITE_PERMISSION, 1, WalkPlace.INPUT, walk(stage, Access.WRITE));
        assertEquals(AP_2, tables.entry(stage, PAGE, 1) & AP_2);
    }

    @Test
    void shouldIgnoreDbmWithoutHdAndHdWithoutHa() {
        Stage plain = mapped(Access.READ);
        tables.set(plain, PAGE, 1, DBM);

        assertEquals(WalkFault.WRITE_PERMISSION, walk(plain, PRIVILEGED_WRITE).fault());
        Stage half = stage(Option.HARDWARE_DIRTY);
        assertEquals(WalkFault.WRITE_PERMISSION, walk(half, PRIVILEGED_WRITE).fault());
    }

    @Test
    void shouldAlignTheFirstTableToItsSize() {
        Stage stage = stage(Granule.KIB_4, 36, root | 0x1FF);

        assertEquals(root, stage.root());
        assertEquals(64 * Long.BYTES, stage.rootBytes());
        assertEquals(root | 0x200, stage(Granule.KIB_4, 36, root | 0x3FF).root());
    }
}
