package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks are made for every miss of every cache: they leave nothing to the garbage collector. */
class WalkAllocationTest {
    private static final int ROUNDS = 5;
    private static final int WALKS = 2_000;
    private static final long VA = 0x1234_5000L;

    private final TestTables tables = new TestTables();
    private final Stage second =
            new VtdSecondStage(4, tables.root(), 57, 52, Set.of(VtdSecondStage.Option.PAGES_2M));
    private final Stage first = new X86Stage(4, tables.root(), 52, Set.of());

    @Test
    void shouldAllocateNothing() {
        for (long at = 0; at < 1 << 25; at += 1 << 21) {
            tables.map(second, at, at, 21, Access.READ | Access.WRITE);
        }
        tables.map(first, VA, 0x5000, 12, Access.READ | Access.WRITE);

        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            least = Math.min(least, allocatedBytes());
        }

        assertEquals(0, least);
    }

    /** Bytes that many good and bad walks allocate. */
    private long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < WALKS; i++) {
            tables.walk(VA, Access.WRITE, first, second);
            tables.walk(VA + 0x1000, Access.WRITE, first, second);
            tables.walk(VA, Access.READ | Access.TRANSLATION_REQUEST, first, null);
            tables.walk(VA, Access.READ, null, second);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
