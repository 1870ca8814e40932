package svasim.memory;

import java.util.Arrays;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Who owns each 4 KiB frame of memory. A frame's generation goes up when it is freed, so that a
 * translation or a TLP that copied it can be held against the present (invariant I-01).
 *
 * <p>The frame freed last is handed out first: re-use then comes as soon as it can.
 */
public final class Frames {
    private static final FrameUse[] USES = FrameUse.values();

    private final PhysicalMemory memory;
    private final Trace trace;
    private final int lane;
    private final long first;
    private final long count;

    /** Null unless somebody reads tables past the caches of the cores. */
    private DirtyLines lines;

    private byte[] uses = new byte[1 << 10];
    private int[] owners = new int[1 << 10];
    private int[] generations = new int[1 << 10];

    private long[] freed = new long[1 << 8];
    private int freedCount;
    private long untouched;
    private long allocated;

    /** Hands out the frames from {@code start} on; what lies below belongs to nobody. */
    public Frames(PhysicalMemory memory, long start, Trace trace) {
        this.memory = memory;
        this.trace = trace;
        this.lane = trace.lane("memory");
        this.first = start >>> PhysicalMemory.FRAME_SHIFT;
        this.count = (memory.end() >>> PhysicalMemory.FRAME_SHIFT) - first;
    }

    /** Zeroes of a new table are written through these caches from now on. */
    public void fillThrough(DirtyLines caches) {
        lines = caches;
    }

    /**
     * Takes a frame, filled with zeroes.
     *
     * @param owner number of the mm, device or unit that it belongs to
     * @return its physical address
     * @throws IllegalStateException if memory is exhausted
     */
    public long allocate(FrameUse use, int owner) {
        if (freedCount > 0) {
            return take(freed[--freedCount], use, owner);
        }
        requireLeft(untouched + 1);
        return take(untouched++, use, owner);
    }

    /**
     * Takes {@code number} frames that follow each other, never freed ones; their address is a
     * multiple of the size of the whole, rounded up to a power of two, as large pages and rings
     * need.
     */
    public long allocateContiguous(FrameUse use, int owner, int number) {
        long start = contiguousStart(number);
        requireLeft(start + number);
        untouched = start + number;
        for (long index = start; index < untouched; index++) {
            take(index, use, owner);
        }
        return address(start);
    }

    private long contiguousStart(int number) {
        long alignment = Long.highestOneBit(2L * number - 1);
        return (first + untouched + alignment - 1 & -alignment) - first;
    }

    private long take(long index, FrameUse use, int owner) {
        int i = reserve(index);
        uses[i] = (byte) use.ordinal();
        owners[i] = owner;
        allocated++;
        long address = address(index);
        if (lines != null) {
            beforeFilling(address, use);
        }
        memory.clearFrame(address);
        tell(Kind.FRAME_ALLOCATED, address, i, use);
        return address;
    }

    private void beforeFilling(long address, FrameUse use) {
        if (use == FrameUse.IOMMU_TABLE) {
            lines.filling(address);
        } else {
            lines.writeBack(address, PhysicalMemory.FRAME_BYTES);
        }
    }

    private void requireLeft(long number) {
        if (number > count) {
            throw new IllegalStateException("memory: no frame left of " + count);
        }
    }

    private long address(long index) {
        return first + index << PhysicalMemory.FRAME_SHIFT;
    }

    /** Gives a frame back; its contents stay until it is handed out again. */
    public void free(long address) {
        int i = index(address);
        if (i < 0 || uses[i] == 0) {
            throw new IllegalStateException(
                    "memory: frame freed twice: 0x" + Long.toHexString(address));
        }
        FrameUse use = USES[uses[i]];
        uses[i] = 0;
        generations[i]++;
        allocated--;
        if (freedCount == freed.length) {
            freed = Arrays.copyOf(freed, freedCount * 2);
        }
        freed[freedCount++] = i;
        tell(Kind.FRAME_FREED, address, i, use);
    }

    /** Those of a guest are as many as its memory is large: its software tells of them itself. */
    private void tell(Kind kind, long address, int i, FrameUse use) {
        if (use != FrameUse.GUEST) {
            trace.tell(kind, lane, address, owners[i], generations[i], use);
        }
    }

    /** What the frame is used for; {@link FrameUse#FREE} also for an address that nobody owns. */
    public FrameUse use(long address) {
        int i = index(address);
        return i < 0 ? FrameUse.FREE : USES[uses[i]];
    }

    /** The present or last owner. */
    public int owner(long address) {
        int i = index(address);
        return i < 0 ? -1 : owners[i];
    }

    /** How often the frame was freed. */
    public int generation(long address) {
        int i = index(address);
        return i < 0 ? 0 : generations[i];
    }

    /** Frames that there are. */
    public long count() {
        return count;
    }

    /** Frames that {@link #allocate} can still hand out. */
    public long available() {
        return count - untouched + freedCount;
    }

    /** Whether {@link #allocateContiguous} finds so many. */
    public boolean haveContiguous(int number) {
        return contiguousStart(number) + number <= count;
    }

    /** Frames in use. */
    public long allocated() {
        return allocated;
    }

    /** Index into the arrays, or -1 for an address that was never handed out. */
    private int index(long address) {
        long index = (address >>> PhysicalMemory.FRAME_SHIFT) - first;
        return index < 0 || index >= untouched ? -1 : (int) index;
    }

    private int reserve(long index) {
        int i = Math.toIntExact(index);
        if (i >= uses.length) {
            int capacity = Math.max(i + 1, uses.length * 2);
            uses = Arrays.copyOf(uses, capacity);
            owners = Arrays.copyOf(owners, capacity);
            generations = Arrays.copyOf(generations, capacity);
        }
        return i;
    }
}
