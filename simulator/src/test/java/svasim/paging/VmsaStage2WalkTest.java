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
import svasim.paging.VmsaStage2.Option;

/** Stage 2 of VMSAv8-64 alone. */
class VmsaStage2WalkTest {
    private static final long IPA = 0xB4567E80L;
    private static final long PAGE = IPA & -0x1000L;
    private static final long FRAME = 0x4B4567000L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long AF = 1 << 10;
    private static final long DBM = 1L << 51;
    private static final long WRITE = 1 << 7;

    private final TestTables tables = new TestTables();
    private final long root = tables.root();

    private static Stage stage(Granule granule, VmsaSizes sizes, long root, Option... options) {
        return new VmsaStage2(new VmsaStage2Format(granule, false), sizes, root, Set.of(options));
    }

    private Stage stage(Option... options) {
        return stage(Granule.KIB_4, new VmsaSizes(40, 3, 48), root, options);
    }

    private Stage mapped(int access, Option... options) {
        Stage stage = stage(options);
        tables.map(stage, PAGE, FRAME, 12, access);
        return stage;
    }

    private TableWalk walk(Stage stage, int access) {
        return tables.walk(IPA, access, null, stage);
    }

    @Test
    void shouldTranslateTheBlocksOfTheReferenceVector() {
        tables.store(0x1030008, 0x4400007fdL);
        tables.store(0x1030010, 0x4800007fdL);
        Stage stage = stage(Granule.KIB_4, new VmsaSizes(39, 3, 48), 0x1030000);

        assertOutput(0x4b4567e80L, 30, walk(stage, READ_WRITE));
        assertPermissions("rwx", tables.walk);
        assertOutput(0x4400236b8L, 30, tables.walk(0x400236b8, Access.READ, null, stage));
    }

    @ParameterizedTest
    @CsvSource({
        "KIB_4, 43, 1, 16", "KIB_4, 40, 1, 2", "KIB_4, 34, 2, 16", "KIB_4, 48, 0, 1",
        "KIB_16, 40, 2, 16", "KIB_16, 48, 1, 2", "KIB_64, 46, 2, 16", "KIB_64, 42, 2, 1",
    })
    void shouldIndexConcatenatedFirstTables(
            Granule granule, int inputBits, int level, int concatenated) {
        int start = VmsaFormat.level(level);
        Stage stage = stage(granule, new VmsaSizes(inputBits, start, 48), root);
        long input = (1L << inputBits) - (1L << granule.shift());
        tables.map(stage, input, 0, granule.shift(), Access.READ);

        assertOutput(0, granule.shift(), tables.walk(input, Access.READ, null, stage));

        assertEquals((long) concatenated << granule.shift(), roundUp(stage, granule));
        assertEquals(
                stage.root() + stage.rootBytes() - Long.BYTES, tables.slot(stage, input, start));
    }

    private static long roundUp(Stage stage, Granule granule) {
        return Math.max(stage.rootBytes(), 1L << granule.shift());
    }

    @ParameterizedTest
    @CsvSource({
        "KIB_4, 44, 1, false",
        "KIB_4, 43, 1, true",
        "KIB_4, 31, 1, true",
        "KIB_4, 30, 1, false",
        "KIB_4, 35, 2, false",
        "KIB_4, 34, 2, true",
        "KIB_4, 26, 3, false",
        "KIB_4, 25, 3, true",
        "KIB_16, 52, 1, false",
        "KIB_16, 51, 1, true",
        "KIB_16, 40, 2, true",
        "KIB_64, 47, 2, false",
        "KIB_64, 46, 2, true",
        "KIB_64, 43, 1, true",
        "KIB_64, 48, 0, false",
        "KIB_4, 48, -1, false",
    })
    void shouldFitTheStartLevelToTheInputSize(
            Granule granule, int inputBits, int level, boolean fits) {
        var format = new VmsaStage2Format(granule, false);

        assertEquals(fits, VmsaStage2.fits(format, inputBits, VmsaFormat.level(level)));
    }

    @Test
    void shouldRefuseAddressesBeyondTheInputSize() {
        TableWalk walk = tables.walk(1L << 40, Access.READ, null, stage());

        assertFault(WalkFault.INPUT_RANGE, 2, WalkPlace.INPUT, walk);
        assertEquals(1L << 40, walk.intermediate());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldRefuseAddressesBeyondTheOutputSizeAtEachLevel(int level) {
        mapped(READ_WRITE);
        Stage narrow = stage(Granule.KIB_4, new VmsaSizes(40, 3, 36), root);
        tables.set(narrow, PAGE, level, 1L << 36);

        assertFaultAt(WalkFault.ADDRESS_SIZE, level, walk(narrow, Access.READ));
    }

    @Test
    void shouldGrantByS2apAndXn() {
        Stage stage = mapped(READ_WRITE | Access.EXECUTE);
        assertPermissions("rwx", walk(stage, Access.READ));
        tables.clear(stage, PAGE, 1, WRITE);
        assertPermissions("rx", walk(stage, Access.READ));
        tables.set(stage, PAGE, 1, 1L << 54);
        assertPermissions("r", walk(stage, Access.READ));
        tables.clear(stage, PAGE, 1, 1 << 6);
        assertFault(WalkFault.READ_PERMISSION, 2, WalkPlace.INPUT, walk(stage, Access.READ));
        tables.set(stage, PAGE, 1, WRITE);
        assertPermissions("w", walk(stage, Access.WRITE));
    }

    @ParameterizedTest
    @CsvSource({"0, rx, rx", "1, rx, r", "2, r, r", "3, r, rx"})
    void shouldSplitExecutionByPrivilegeWithXnx(long xn, String unprivileged, String privileged) {
        Stage stage = mapped(Access.READ | Access.EXECUTE, Option.EXECUTE_PER_PRIVILEGE);
        tables.set(stage, PAGE, 1, xn << 53);

        assertPermissions(unprivileged, walk(stage, Access.READ));
        assertPermissions(privileged, walk(stage, Access.READ | Access.PRIVILEGED));
    }

    @Test
    void shouldIgnoreLimitsInTables() {
        Stage stage = mapped(READ_WRITE);
        tables.set(stage, PAGE, 2, 0xFL << 59);

        assertPermissions("rw", walk(stage, READ_WRITE));
    }

    @Test
    void shouldFaultOnAClearAccessFlagBeforePermissions() {
        Stage stage = mapped(Access.READ);
        tables.clear(stage, PAGE, 1, AF);

        assertFault(WalkFault.ACCESS_FLAG, 2, WalkPlace.INPUT, walk(stage, Access.WRITE));
        Stage lenient = stage(Option.ACCESS_FLAG_IGNORED);
        assertOutput(FRAME | 0xE80, 12, walk(lenient, Access.READ));
        assertOutput(FRAME | 0xE80, 12, walk(stage(Option.HARDWARE_ACCESS), Access.READ));
        assertEquals(AF, tables.entry(stage, PAGE, 1) & AF);
    }

    @Test
    void shouldMakeAPageWithDbmWritableOnTheFirstWrite() {
        Stage stage = mapped(Access.READ, Option.HARDWARE_ACCESS, Option.HARDWARE_DIRTY);
        tables.set(stage, PAGE, 1, DBM);

        assertFalse(walk(stage, Access.READ).dirtyKnown());
        assertEquals(0, tables.entry(stage, PAGE, 1) & WRITE);

        assertTrue(walk(stage, Access.WRITE).dirtyKnown());
        assertEquals(WRITE, tables.entry(stage, PAGE, 1) & WRITE);
    }
}
