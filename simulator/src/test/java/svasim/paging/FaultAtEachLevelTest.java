package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.paging.WalkAssertions.assertFaultAt;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults that every format has, provoked at each level on the way to each page size. */
class FaultAtEachLevelTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final TestTables tables = new TestTables();

    /** What is done at one level of one mapped page. */
    private interface Provocation {
        void at(Stage stage, long input, int level);
    }

    private void forEachLevel(TestStage kind, Provocation provocation) {
        for (int shift : TestStage.pageShifts(kind.at(tables.root()))) {
            int leafLevel = 0;
            for (int level = kind.at(0).startLevel(); level >= Math.max(leafLevel, 1); level--) {
                Stage stage = kind.at(tables.root());
                leafLevel = stage.format().levelOfLeaf(shift);
                long input = TestStage.firstInput(stage) + (1L << shift);
                tables.map(stage, input, 0, shift, READ_WRITE);
                provocation.at(stage, input, level);
            }
        }
    }

    private WalkPlace place(TestStage kind, Stage stage, int level) {
        if (kind.isSecond()) {
            return WalkPlace.INPUT;
        }
        return level == stage.startLevel() ? WalkPlace.ROOT : WalkPlace.TABLE;
    }

    @ParameterizedTest
    @EnumSource
    void shouldFaultOnAnEntryThatIsNotPresent(TestStage kind) {
        forEachLevel(
                kind,
                (stage, input, level) -> {
                    tables.store(tables.slot(stage, input, level), StageFormat.EMPTY);

                    TableWalk walk = kind.walk(tables, stage, input, Access.READ);

                    assertFaultAt(WalkFault.NOT_PRESENT, level, walk);
                    assertEquals(place(kind, stage, level), walk.faultPlace());
                    assertEquals(kind.isSecond() ? 2 : 1, walk.faultStage());
                    assertEquals(stage.startLevel() - level + 1, tables.reads());
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldFaultOnATableThatGivesNoAnswer(TestStage kind) {
        forEachLevel(
                kind,
                (stage, input, level) -> {
                    if (level == stage.startLevel()) {
                        stage = kind.at(TestTables.END);
                    } else {
                        long lost = stage.format().tableEntry(TestTables.END, level);
                        tables.store(tables.slot(stage, input, level + 1), lost);
                    }

                    TableWalk walk = kind.walk(tables, stage, input, Access.READ);

                    assertFaultAt(WalkFault.UNREADABLE, level, walk);
                    assertEquals(place(kind, stage, level), walk.faultPlace());
                });
    }

    @ParameterizedTest
    @EnumSource(
            names = {"X86_.*", "VTD_.*"},
            mode = EnumSource.Mode.MATCH_ANY)
    void shouldFaultOnAnUpdateThatGivesNoAnswer(TestStage kind) {
        forEachLevel(
                kind,
                (stage, input, level) -> {
                    long clear = kind.isSecond() ? 1 << 8 : 1 << 5;
                    tables.clear(stage, input, level, clear);
                    TableWalk walk = tables.walk;
                    Stage first = kind.isSecond() ? null : stage;
                    walk.start(input, Access.READ, first, kind.isSecond() ? stage : null);
                    while (walk.next() == Walk.Step.READ || walk.level(walk.stage()) > level) {
                        tables.step();
                    }

                    walk.unreadable();

                    assertFaultAt(WalkFault.UPDATE_FAILED, level, walk);
                    assertEquals(place(kind, stage, level), walk.faultPlace());
                });
    }
}
