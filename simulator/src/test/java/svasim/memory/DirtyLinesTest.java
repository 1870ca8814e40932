package svasim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.trace.Trace;

/** What a unit reads that does not look into the caches of the cores. */
class DirtyLinesTest {
    private static final long LATE_PS = 1_000_000;

    private Kernel kernel;
    private PhysicalMemory memory;
    private DirtyLines lines;
    private Frames frames;

    /** The first lines stay for a microsecond, as many as are named. */
    private void caches(int... late) {
        Choices choices =
                (site, n, lane, options) ->
                        site.name().equals("cpu.writeback") && n < late.length ? late[(int) n] : 0;
        kernel = new Kernel(0, choices);
        Trace trace = new Trace(kernel);
        memory = new PhysicalMemory();
        lines = new DirtyLines(kernel, trace, memory);
        frames = new Frames(memory, 1 << 20, trace);
        frames.fillThrough(lines);
    }

    private void write(long address, long value) {
        lines.writing(address);
        memory.writeLong(address, value);
    }

    @Test
    void shouldReachMemoryAtOnceUnlessSomethingKeepsTheLine() {
        caches();

        write(0x1000, 7);

        assertEquals(7, lines.readLong(0x1000));
    }

    @Test
    void shouldKeepWholeLineUntilItIsEvicted() {
        caches(1);

        write(0x1000, 7);
        write(0x1038, 8);
        write(0x1040, 9);

        assertEquals(0, lines.readLong(0x1000));
        assertEquals(0, lines.readLong(0x1038));
        assertEquals(9, lines.readLong(0x1040), "the line behind");
        kernel.run(LATE_PS, Long.MAX_VALUE);
        assertEquals(7, lines.readLong(0x1000));
        assertEquals(8, lines.readLong(0x1038));
    }

    @Test
    void shouldReachMemoryWithFlushOfTheLine() {
        caches(1, 1);

        write(0x1000, 7);
        write(0x1040, 8);
        lines.writeBack(0x1010, 8);

        assertEquals(7, lines.readLong(0x1000));
        assertEquals(0, lines.readLong(0x1040), "not flushed");
    }

    @Test
    void shouldEvictLineThatWasFlushedMeanwhileInItsOwnTime() {
        caches(1, 2);

        write(0x1000, 7);
        lines.writeBack(0x1000, 8);
        write(0x1000, 8);
        kernel.run(LATE_PS, Long.MAX_VALUE);

        assertEquals(7, lines.readLong(0x1000), "it was written again, and stays longer");
    }

    @Test
    void shouldShowWhatFrameWasBeforeItBecameTable() {
        caches(1);
        long page = frames.allocate(FrameUse.PAGE, 1);
        memory.writeLong(page + 0x40, 0xBAD);
        frames.free(page);

        long table = frames.allocate(FrameUse.IOMMU_TABLE, 1);

        assertEquals(page, table);
        assertEquals(0, memory.readLong(table + 0x40), "the cores see zeroes");
        assertEquals(0xBAD, lines.readLong(table + 0x40));
        lines.writeBack(table, PhysicalMemory.FRAME_BYTES);
        assertEquals(0, lines.readLong(table + 0x40));
    }

    @Test
    void shouldForgetLinesOfTableWhoseFrameIsPageNow() {
        caches(1);
        long table = frames.allocate(FrameUse.IOMMU_TABLE, 1);
        write(table, 7);
        frames.free(table);

        frames.allocate(FrameUse.PAGE, 1);
        memory.writeLong(table, 5);

        assertEquals(5, lines.readLong(table));
    }

    @Test
    void shouldHoldLinesUntilTheyAreReleased() {
        caches(1);
        lines.hold(true);
        write(0x1000, 7);
        lines.hold(false);
        kernel.runUntilQuiet();

        assertEquals(0, lines.readLong(0x1000));
        lines.release();
        assertEquals(7, lines.readLong(0x1000));
    }
}
