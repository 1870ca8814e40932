package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Editor and walk of each format against a list of what is mapped where. */
class PageTableEditorPropertyTest {
    private enum Act {
        MAP,
        UNMAP,
        PROTECT
    }

    /**
     * One operation.
     *
     * @param place picks the address
     * @param size picks the page size or the length of the range
     * @param access picks the permission
     */
    private record Operation(Act act, int place, int size, int access) {}

    @Provide
    Arbitrary<List<Operation>> operations() {
        return Combinators.combine(
                        Arbitraries.of(Act.MAP, Act.MAP, Act.MAP, Act.UNMAP, Act.PROTECT),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 63),
                        Arbitraries.integers().between(0, 7))
                .as(Operation::new)
                .list()
                .ofMaxSize(24);
    }

    /** The tables of one try, and the model. */
    private static final class Trial {
        private final TestStage kind;
        private final TestTables tables = new TestTables();
        private final Stage stage;
        private final PageTableEditor editor;
        private final MappingModel model = new MappingModel();
        private final int[] pageShifts;
        private final int rootOnly;

        Trial(TestStage kind) {
            this.kind = kind;
            stage = kind.at(tables.root());
            editor = new PageTableEditor(stage, tables);
            pageShifts = TestStage.pageShifts(stage);
            rootOnly = tables.tables();
        }

        /** Addresses near each other at each level, so that operations meet. */
        private long input(int place) {
            StageFormat format = stage.format();
            long low = (long) (place & 0xF) << format.granuleShift();
            long middle = (long) (place >> 4 & 3) << format.shift(2);
            long high = stage.startLevel() > 2 ? (long) (place >> 6 & 3) << format.shift(3) : 0;
            long inHalf = (low | middle | high) & (1L << stage.inputBits()) - 1;
            return TestStage.firstInput(stage) + inHalf;
        }

        private int access(int choice) {
            int kinds = Access.READ | (choice & 1) << 1 | (choice & 2) << 1;
            boolean privileged = !kind.isSecond() && (choice & 4) != 0;
            return kind.expressible(privileged ? kinds | Access.PRIVILEGED : kinds);
        }

        void apply(Operation operation) {
            switch (operation.act()) {
                case MAP -> map(operation);
                case UNMAP -> unmap(input(operation.place()), length(operation));
                case PROTECT -> protect(operation);
                default -> throw new AssertionError(operation);
            }
        }

        private long length(Operation operation) {
            int shift = pageShifts[operation.size() % pageShifts.length];
            long granule = 1L << stage.format().granuleShift();
            long bytes =
                    shift == stage.format().granuleShift()
                            ? granule * (1 + operation.size() % 20)
                            : (1L << shift) + granule * (operation.size() % 3);
            long last = TestStage.firstInput(stage) + (1L << stage.inputBits()) - 1;
            return Math.min(bytes, last - input(operation.place()) + 1);
        }

        private void map(Operation operation) {
            int shift = pageShifts[operation.size() % pageShifts.length];
            long size = 1L << shift;
            long input = input(operation.place()) & -size;
            long output = (long) (operation.size() + 1) * size & (1L << 47) - 1;
            int access = access(operation.access());
            editor.unlinkEmptyTables(input, size, tables::freeTable);
            if (model.isFree(input, size)) {
                editor.map(input, output, shift, access);
                model.map(input, output, shift, access);
            } else {
                assertThrows(
                        IllegalStateException.class,
                        () -> editor.map(input, output, shift, access));
            }
        }

        private void unmap(long input, long bytes) {
            long[] seen = new long[1];
            editor.unmap(input, bytes, (at, output, shift, entry) -> seen[0] += 1L << shift);
            long expected =
                    model.cut(input, bytes).stream().mapToLong(p -> p.last() - p.first() + 1).sum();
            assertEquals(expected, seen[0]);
        }

        private void protect(Operation operation) {
            int access = access(operation.access());
            long bytes = length(operation);
            editor.protect(input(operation.place()), bytes, access, LeafVisitor.NONE);
            model.protect(input(operation.place()), bytes, access);
        }

        void checkAll() {
            for (MappingModel.Piece piece : model.pieces()) {
                check(piece.first());
                check(piece.last());
                checkInside(piece.last() + 1);
                checkInside(piece.first() - 1);
            }
            for (int place = 0; place < 256; place += 17) {
                check(input(place));
            }
        }

        private void checkInside(long input) {
            if (stage.inputFault(input, Access.READ | Access.PRIVILEGED) == null) {
                check(input);
            }
        }

        private void check(long input) {
            MappingModel.Piece piece = model.find(input);
            PageTableEditor.Leaf leaf = editor.lookup(input);
            int request = Access.TRANSLATION_REQUEST;
            if (piece == null) {
                assertNull(leaf);
                TableWalk walk = kind.walk(tables, stage, input, request);
                assertEquals(WalkFault.NOT_PRESENT, walk.fault());
                return;
            }
            int privilege = piece.access() & Access.PRIVILEGED;
            TableWalk walk = kind.walk(tables, stage, input, request | privilege);
            assertEquals(piece.output() + input - piece.first(), walk.output());
            assertEquals(piece.access() & ~Access.PRIVILEGED, walk.permissions());
            assertEquals(leaf.pageShift(), walk.pageShift());
            assertEquals(leaf.access(), piece.access());
            assertEquals(leaf.output(), walk.output() & -(1L << walk.pageShift()));
            assertTrue(piece.contains(leaf.input()));
            assertTrue(piece.contains(leaf.input() + (1L << leaf.pageShift()) - 1));
            if (privilege != 0) {
                assertEquals(0, kind.walk(tables, stage, input, request).permissions());
            }
        }

        void clear() {
            long input = TestStage.firstInput(stage);
            unmap(input, 1L << stage.inputBits());
            editor.unlinkEmptyTables(input, 1L << stage.inputBits(), tables::freeTable);
            assertEquals(rootOnly, tables.tables());
        }
    }

    @Property(tries = 600, seed = "7", edgeCases = EdgeCasesMode.NONE)
    void shouldTranslateExactlyWhatIsMapped(
            @ForAll TestStage kind, @ForAll("operations") List<Operation> operations) {
        Trial trial = new Trial(kind);
        for (Operation operation : operations) {
            trial.apply(operation);
        }
        trial.checkAll();
        trial.clear();
    }
}
