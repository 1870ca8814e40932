package svasim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

class FramesTest {
    private static final long START = 0x10_3000;
    private static final int OWNER = 7;

    private final PhysicalMemory memory = new PhysicalMemory(0, 0x100_0000);
    private final Trace trace = new Trace(new Kernel());
    private final Frames frames = new Frames(memory, START, trace);

    @Test
    void shouldKnowOwnerAndUseOfAFrame() {
        long frame = frames.allocate(FrameUse.QUEUE, OWNER);

        assertEquals(FrameUse.QUEUE, frames.use(frame + 0xFFF));
        assertEquals(OWNER, frames.owner(frame));
        assertEquals(0, frames.generation(frame));
        assertEquals(1, frames.allocated());
    }

    @Test
    void shouldKnowAFreedFrameAsFreedAndRaiseItsGeneration() {
        long frame = frames.allocate(FrameUse.PAGE, OWNER);
        frames.free(frame);

        assertEquals(FrameUse.FREE, frames.use(frame));
        assertEquals(OWNER, frames.owner(frame));
        assertEquals(1, frames.generation(frame));
        assertEquals(0, frames.allocated());
    }

    @Test
    void shouldHandOutTheFrameFreedLastFirst() {
        long first = frames.allocate(FrameUse.PAGE, OWNER);
        long second = frames.allocate(FrameUse.PAGE, OWNER);
        frames.free(second);
        frames.free(first);

        assertEquals(first, frames.allocate(FrameUse.PAGE, 8));
        assertEquals(second, frames.allocate(FrameUse.PAGE, 8));
        assertEquals(8, frames.owner(first));
    }

    @Test
    void shouldKeepContentsOfAFreedFrameUntilItIsHandedOutAgain() {
        long frame = frames.allocate(FrameUse.PAGE, OWNER);
        memory.writeLong(frame, 5);

        frames.free(frame);
        assertEquals(5, memory.readLong(frame));

        frames.allocate(FrameUse.PAGE, OWNER);
        assertEquals(0, memory.readLong(frame));
    }

    @Test
    void shouldRefuseToFreeTwice() {
        long frame = frames.allocate(FrameUse.PAGE, OWNER);
        frames.free(frame);

        assertThrows(IllegalStateException.class, () -> frames.free(frame));
        assertThrows(IllegalStateException.class, () -> frames.free(START - 0x1000));
        assertThrows(IllegalStateException.class, () -> frames.free(START + 0x10_0000));
    }

    @Test
    void shouldCallAddressesThatWereNeverHandedOutFree() {
        assertEquals(FrameUse.FREE, frames.use(0));
        assertEquals(-1, frames.owner(START));
        assertEquals(0, frames.generation(-1L));
    }

    @Test
    void shouldAlignContiguousFramesToTheirSize() {
        long large = frames.allocateContiguous(FrameUse.PAGE, OWNER, 512);
        long three = frames.allocateContiguous(FrameUse.PAGE, OWNER, 3);

        assertEquals(0x20_0000, large);
        assertEquals(0x40_0000, three);
        assertEquals(FrameUse.PAGE, frames.use(large + 0x1F_FFFF));
        assertEquals(FrameUse.FREE, frames.use(three + 0x3000));
        assertEquals(515, frames.allocated());
    }

    @Test
    void shouldFollowANeverFreedFrameDirectlyWithASingleOne() {
        frames.free(frames.allocate(FrameUse.PAGE, OWNER));

        assertEquals(START + 0x1000, frames.allocateContiguous(FrameUse.PAGE, OWNER, 1));
        assertEquals(START, frames.allocate(FrameUse.PAGE, OWNER));
    }

    @Test
    void shouldSayThatMemoryIsExhaustedAndStayUsable() {
        var two = new Frames(new PhysicalMemory(0, 0x3000), 0x1000, trace);
        long frame = two.allocate(FrameUse.PAGE, OWNER);
        two.allocate(FrameUse.PAGE, OWNER);

        assertThrows(IllegalStateException.class, () -> two.allocate(FrameUse.PAGE, OWNER));
        assertThrows(
                IllegalStateException.class, () -> two.allocateContiguous(FrameUse.PAGE, OWNER, 2));
        two.free(frame);

        assertEquals(frame, two.allocate(FrameUse.PAGE, OWNER));
        assertEquals(FrameUse.FREE, two.use(0x3000));
    }

    @Test
    void shouldTellAllocationAndFreeingWithOwnerAndGeneration() {
        StringBuilder told = new StringBuilder();
        trace.add(reader(told));

        frames.free(frames.allocate(FrameUse.PAGE, OWNER));

        assertEquals(
                "FRAME_ALLOCATED 103000 7 0 PAGE\nFRAME_FREED 103000 7 1 PAGE\n", told.toString());
    }

    private static TraceListener reader(StringBuilder told) {
        return new TraceListener() {
            @Override
            public boolean wants(Kind kind) {
                return kind == Kind.FRAME_ALLOCATED || kind == Kind.FRAME_FREED;
            }

            @Override
            public void on(
                    long id,
                    long cause,
                    long timePs,
                    Kind kind,
                    int lane,
                    long a,
                    long b,
                    long c,
                    Object subject) {
                told.append("%s %x %d %d %s%n".formatted(kind, a, b, c, subject));
            }
        };
    }

    @Property(tries = 200, seed = "42")
    void shouldNeverHandOutAFrameThatIsInUse(@ForAll List<Boolean> allocations) {
        var fresh = new Frames(new PhysicalMemory(), START, new Trace(new Kernel()));
        Deque<Long> inUse = new ArrayDeque<>();
        Map<Long, Integer> freed = new HashMap<>();
        for (boolean allocate : allocations) {
            if (allocate || inUse.isEmpty()) {
                long frame = fresh.allocate(FrameUse.PAGE, OWNER);
                assertTrue(!inUse.contains(frame));
                assertEquals(freed.getOrDefault(frame, 0), fresh.generation(frame));
                inUse.add(frame);
            } else {
                long frame = inUse.remove();
                fresh.free(frame);
                freed.merge(frame, 1, Integer::sum);
            }
        }
        assertEquals(inUse.size(), fresh.allocated());
    }

    @Test
    void shouldCountWhatAlignmentHasSkippedAsGone() {
        Frames eight = new Frames(new PhysicalMemory(0, 8 * PhysicalMemory.FRAME_BYTES), 0, trace);
        eight.allocate(FrameUse.PAGE, OWNER);
        eight.allocateContiguous(FrameUse.PAGE, OWNER, 4);

        assertEquals(8, eight.count());
        assertEquals(0, eight.available());
        assertFalse(eight.haveContiguous(1));
    }

    @Test
    void shouldCountFreedFramesAsAvailableButNotAsNeighbours() {
        Frames two = new Frames(new PhysicalMemory(0, 2 * PhysicalMemory.FRAME_BYTES), 0, trace);
        long frame = two.allocate(FrameUse.PAGE, OWNER);
        two.free(frame);

        assertEquals(2, two.available());
        assertFalse(two.haveContiguous(2));
    }
}
