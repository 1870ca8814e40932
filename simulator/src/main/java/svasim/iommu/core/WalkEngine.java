package svasim.iommu.core;

import org.HdrHistogram.Histogram;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.memory.DirtyLines;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.paging.Walk;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Runs walks over simulated time, several at once: each read takes effect when its data arrives,
 * each update of accessed or dirty bits when the memory carries out the compare-and-swap.
 */
final class WalkEngine implements EventHandler {
    static final int NO_WALKER = -1;

    /** Of AMD's host tables; all others have fewer. */
    private static final int LEVELS = 6;

    private static final int BEGIN = 0;
    private static final int ARRIVED = 1;

    /** Is told of the end of each walk. */
    @FunctionalInterface
    interface Ended {
        /**
         * @param walker free again
         * @param end DONE or FAULT
         */
        void ended(int walker, Walk.Step end, long nowPs);
    }

    private final Kernel kernel;
    private final Trace trace;
    private final PhysicalMemory memory;
    private final DirtyLines lines;
    private final MemoryTiming timing;
    private final boolean coherent;
    private final long perWalkPs;
    private final int lane;
    private final Ended client;

    private final Walk[] walks;
    private final long[] startedPs;
    private final int[] free;
    private int freeCount;

    private final Counter walkCount;
    private final Counter readCount;
    private final Counter[] levelReads = new Counter[LEVELS];
    private final Counter updateCount;
    private final Histogram latency;

    WalkEngine(WalkConfig config, Surroundings around, Ended client) {
        this.kernel = around.kernel();
        this.trace = around.trace();
        this.memory = around.memory();
        this.lines = around.lines();
        this.timing = around.timing();
        this.coherent = config.reads() == WalkReads.LLC;
        this.perWalkPs = config.perWalk().value();
        this.lane = around.lane();
        this.client = client;
        walks = new Walk[config.walkers()];
        startedPs = new long[config.walkers()];
        free = new int[config.walkers()];
        while (freeCount < free.length) {
            free[freeCount] = free.length - 1 - freeCount;
            freeCount++;
        }
        String name = around.name() + ".walk.";
        walkCount = around.statistics().counter(name + "count", "walks of tables");
        readCount = around.statistics().counter(name + "reads", "table reads of walks");
        for (int level = 1; level <= LEVELS; level++) {
            levelReads[level - 1] =
                    around.statistics()
                            .counter(
                                    name + "reads.level" + level,
                                    "of those, entries of page tables of level " + level);
        }
        updateCount =
                around.statistics().counter(name + "updates", "accessed and dirty bits written");
        latency = around.statistics().latency(name + "latency.ps", "length of a walk");
    }

    int freeWalkers() {
        return freeCount;
    }

    /**
     * Starts a walk; there must be a free walker.
     *
     * @param delayPs that this walk takes besides its reads and the time that every walk takes
     */
    int start(Walk walk, long delayPs) {
        int walker = free[--freeCount];
        walks[walker] = walk;
        startedPs[walker] = kernel.nowPs();
        walkCount.increment();
        kernel.after(perWalkPs + delayPs, this, BEGIN, walker);
        return walker;
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        int walker = (int) data;
        if (kind == ARRIVED) {
            arrive(walks[walker]);
        }
        goOn(walker, nowPs);
    }

    private void goOn(int walker, long nowPs) {
        Walk walk = walks[walker];
        Walk.Step step = walk.next();
        switch (step) {
            case READ ->
                    kernel.at(donePs(nowPs, walk.address(), walk.bytes()), this, ARRIVED, walker);
            case UPDATE ->
                    kernel.at(donePs(nowPs, walk.address(), Long.BYTES), this, ARRIVED, walker);
            default -> end(walker, step, nowPs);
        }
    }

    private void end(int walker, Walk.Step step, long nowPs) {
        walks[walker] = null;
        free[freeCount++] = walker;
        latency.recordValue(nowPs - startedPs[walker]);
        client.ended(walker, step, nowPs);
    }

    private long donePs(long nowPs, long address, int bytes) {
        return coherent ? timing.llcDonePs(nowPs) : timing.dramDonePs(nowPs, address, bytes);
    }

    private void arrive(Walk walk) {
        boolean read = walk.next() == Walk.Step.READ;
        long address = walk.address();
        if (!memory.answers(address, read ? walk.bytes() : Long.BYTES)) {
            walk.unreadable();
        } else if (read) {
            read(walk, address, walk.bytes());
        } else {
            update(walk, address);
        }
    }

    private void read(Walk walk, long address, int bytes) {
        long low = word(address);
        long high = bytes > Long.BYTES ? word(address + Long.BYTES) : 0;
        readCount.increment();
        if (walk instanceof CachedTableWalk tables) {
            levelReads[tables.level() - 1].increment();
        }
        trace.tell(Kind.WALK_READ, lane, address, low, bytes);
        walk.data(low, high);
    }

    private long word(long address) {
        return lines == null ? memory.readLong(address) : lines.readLong(address);
    }

    private void update(Walk walk, long address) {
        boolean won = memory.readLong(address) == walk.expected();
        if (won) {
            updateCount.increment();
            memory.writeLong(address, walk.replacement());
            trace.tell(Kind.WALK_UPDATED, lane, address, walk.expected(), walk.replacement());
        }
        walk.updated(won);
    }
}
