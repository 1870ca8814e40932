package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Walks that start from table pointers which earlier walks have passed. */
class PagingStructureCacheTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long VA = 0x1234_5678_9000L;

    private record Key(int stage, int level, long prefix) {}

    private record Pointer(long table, int rights) {}

    private final TestTables tables = new TestTables();
    private final Stage second =
            new VtdSecondStage(4, tables.root(), 57, 52, Set.of(VtdSecondStage.Option.PAGES_2M));

    /** A guest whose memory lies at the same address in the host. */
    private final Stage first = new X86Stage(4, tables.root(), 52, Set.of());

    private final Map<Key, Pointer> cache = new HashMap<>();

    private Stage stage(int number) {
        return number == 1 ? first : second;
    }

    private void remember(TableWalk walk, long input, int number) {
        Stage stage = stage(number);
        long of = number == 1 ? input : walk.intermediate();
        int level = walk.level(number);
        if (level < stage.startLevel()) {
            cache.put(
                    new Key(number, level, stage.prefix(of, level)),
                    new Pointer(walk.table(number), walk.rights(number)));
        }
    }

    private void resume(TableWalk walk, int number, long input) {
        Stage stage = stage(number);
        for (int level = 1; level < stage.startLevel(); level++) {
            Pointer pointer = cache.get(new Key(number, level, stage.prefix(input, level)));
            if (pointer != null && number == 1) {
                walk.resumeFirst(level, pointer.table(), pointer.rights());
                return;
            } else if (pointer != null) {
                walk.resumeSecond(level, pointer.table(), pointer.rights());
                return;
            }
        }
    }

    /** Returns how many entries were read. */
    private int cachedWalk(long input, int access) {
        TableWalk walk = tables.walk;
        walk.start(input, access, first, second);
        resume(walk, 1, input);
        int reads = 0;
        while (walk.next() == Walk.Step.READ || walk.next() == Walk.Step.UPDATE) {
            if (walk.atSecondRoot()) {
                resume(walk, 2, walk.intermediate());
            }
            reads += walk.next() == Walk.Step.READ ? 1 : 0;
            int stage = walk.stage();
            tables.step();
            if (walk.next() != Walk.Step.FAULT && walk.stage() == stage) {
                remember(walk, input, stage);
            }
        }
        return reads;
    }

    private void identityInSecond() {
        for (long at = 0; at < 1 << 25; at += 1 << 21) {
            tables.map(second, at, at, 21, READ_WRITE);
        }
    }

    @Test
    void shouldReadOnlyTheLeafWhenTheLastTableIsKnown() {
        identityInSecond();
        tables.map(first, VA, 0x5000, 12, READ_WRITE);
        tables.walk(VA, READ_WRITE, first, null);
        tables.walk.start(VA, READ_WRITE, first, null);

        tables.walk.resumeFirst(1, tables.slot(first, VA, 1) & -0x1000, Rights.ALL);

        assertEquals(0x5000, tables.finish().output());
        assertEquals(1, tables.reads());
    }

    @Test
    void shouldGrantNoMoreThanTheSkippedLevels() {
        identityInSecond();
        tables.map(first, VA, 0x5000, 12, READ_WRITE);
        tables.walk.start(VA, Access.WRITE, first, null);

        int readOnly = Rights.both(Access.READ);
        tables.walk.resumeFirst(1, tables.slot(first, VA, 1) & -0x1000, readOnly);

        assertEquals(WalkFault.WRITE_PERMISSION, tables.finish().fault());
    }

    @Test
    void shouldNotResumeAWalkThatHasFailed() {
        tables.walk.start(1L << 60, Access.READ, first, null);

        tables.walk.resumeFirst(1, 0x5000, Rights.ALL);

        assertEquals(WalkFault.INPUT_RANGE, tables.walk.fault());
    }

    @Property(tries = 100, seed = "11", edgeCases = EdgeCasesMode.NONE)
    void shouldFindTheSameFromCachedPointersAsFromTheRoot(
            @ForAll @Size(max = 20) List<@IntRange(max = 0xFFF) Integer> mapped,
            @ForAll @Size(max = 40) List<@IntRange(max = 0xFFF) Integer> accessed) {
        PagingStructureCacheTest fresh = new PagingStructureCacheTest();
        fresh.identityInSecond();
        fresh.mapAll(mapped);
        accessed.forEach(fresh::compare);
        mapped.forEach(fresh::compare);
    }

    private void mapAll(List<Integer> places) {
        PageTableEditor editor = new PageTableEditor(first, tables);
        for (int place : places) {
            if (editor.lookup(input(place)) == null) {
                int access = (place & 1) == 0 ? READ_WRITE : Access.READ;
                editor.map(input(place), (long) (place + 1) << 12, 12, access);
            }
        }
    }

    /** Four bits for each of three levels. */
    private static long input(int place) {
        return (place & 0xFL) << 12 | (place >> 4 & 0xFL) << 21 | (place >> 8 & 0xFL) << 39;
    }

    private void compare(int place) {
        long input = input(place);
        TableWalk walk = tables.walk(input, Access.READ, first, second);
        WalkFault fault = walk.fault();
        String expected = result(walk);
        int reads = tables.reads();

        int cachedReads = cachedWalk(input, Access.READ);

        assertEquals(fault, walk.fault());
        assertEquals(expected, result(walk));
        assertTrue(cachedReads <= reads);
        assertTrue(fault != null || cachedWalk(input, Access.READ) < reads);
    }

    private static String result(TableWalk walk) {
        if (walk.fault() != null) {
            return walk.faultStage() + " " + walk.faultLevel();
        }
        return Long.toHexString(walk.output()) + " " + walk.pageShift() + " " + walk.permissions();
    }
}
