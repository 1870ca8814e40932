package svasim.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Lines that the caches of the cores hold newer than memory, as far as somebody could tell: those
 * of tables that a unit reads without looking into the caches. {@link PhysicalMemory} has what
 * cores and coherent units see; here is what memory has beneath.
 *
 * <p>A line that is written goes to memory at once unless a choice or an order keeps it, as a cache
 * evicts it when it likes; a flush of the line (CLFLUSH) sends it there in any case.
 */
public final class DirtyLines implements EventHandler {
    /** Bytes of a line. */
    public static final int BYTES = 64;

    private static final Site WRITE_BACK =
            Site.lateness("cpu.writeback", 1_000_000L, 30_000_000L, 1_000_000_000L);

    private static final int WORDS = BYTES / Long.BYTES;

    /** Leaves when it is told to. */
    private static final long HELD = Long.MAX_VALUE;

    private final Kernel kernel;
    private final Trace trace;
    private final PhysicalMemory memory;
    private final int lane;
    private final Map<Long, Line> lines = new HashMap<>();
    private boolean holding;

    /** What memory has of a line, and when the caches give the line up. */
    private record Line(long[] words, long leavesPs) {}

    public DirtyLines(Kernel kernel, Trace trace, PhysicalMemory memory) {
        this.kernel = kernel;
        this.trace = trace;
        this.memory = memory;
        this.lane = trace.lane("caches");
    }

    /** The aligned 64-bit word at an address, as memory has it. */
    public long readLong(long address) {
        Line line = lines.get(address & -BYTES);
        return line == null
                ? memory.readLong(address)
                : line.words()[(int) (address / Long.BYTES) & WORDS - 1];
    }

    /** A core is about to write a word of a table. */
    public void writing(long address) {
        long line = address & -BYTES;
        if (!lines.containsKey(line)) {
            keep(line, BYTES, 0);
        }
    }

    /** A core is about to fill a frame, which becomes a table, with zeroes. */
    void filling(long frame) {
        writeBack(frame, PhysicalMemory.FRAME_BYTES);
        keep(frame, PhysicalMemory.FRAME_BYTES, 1);
    }

    private void keep(long start, int bytes, int filled) {
        long leavesPs = holding ? HELD : kernel.nowPs() + kernel.lateness(WRITE_BACK, lane);
        if (leavesPs == kernel.nowPs()) {
            return;
        }
        for (long line = start; line < start + bytes; line += BYTES) {
            lines.put(line, new Line(words(line), leavesPs));
            trace.tell(Kind.LINE_HELD, lane, line, filled, 0);
        }
        if (leavesPs != HELD) {
            kernel.at(leavesPs, this, bytes, start);
        }
    }

    private long[] words(long line) {
        long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = memory.readLong(line + (long) i * Long.BYTES);
        }
        return words;
    }

    /** Lines that are written stay in the caches from now on, or, if not, those written so far. */
    public void hold(boolean on) {
        holding = on;
    }

    /** Memory gets every line that was held. */
    public void release() {
        List<Long> held = new ArrayList<>();
        new TreeMap<>(lines).forEach((at, line) -> addHeld(held, at, line));
        held.forEach(this::leave);
    }

    private static void addHeld(List<Long> held, long at, Line line) {
        if (line.leavesPs() == HELD) {
            held.add(at);
        }
    }

    /** CLFLUSH of every line of a range: memory has them before anything that follows. */
    public void writeBack(long start, int bytes) {
        for (long line = start & -BYTES; line < start + bytes; line += BYTES) {
            if (lines.containsKey(line)) {
                leave(line);
            }
        }
    }

    private void leave(long line) {
        lines.remove(line);
        trace.tell(Kind.LINE_WRITTEN_BACK, lane, line, 0, 0);
    }

    @Override
    public void handle(long nowPs, int bytes, long start) {
        for (long at = start; at < start + bytes; at += BYTES) {
            Line line = lines.get(at);
            if (line != null && line.leavesPs() <= nowPs) {
                leave(at);
            }
        }
    }
}
