package svasim.iommu.core;

import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Fetches the entries of a {@link MemoryQueue} one after the other and has them carried out, in
 * order: the invalidation queue, command queue or command buffer of an IOMMU. The head moves when a
 * command has been carried out.
 */
public final class CommandReader implements EventHandler {
    private static final int MAX_WORDS = 4;

    /** What became of a command. */
    public enum Outcome {
        /** Carried out; the head moves on. */
        DONE,
        /** Has to wait; it is tried again at {@link #kick}. */
        WAITS,
        /** An error; the head stays on it and nothing is fetched until {@link #restart}. */
        STOPPED
    }

    /** Knows the commands. */
    public interface Executor {
        /**
         * Carries out the command, or says why not.
         *
         * @param words the entry, reused at the next call
         */
        Outcome execute(long[] words, long nowPs);

        /** Name of a command that was carried out, as the architecture has it. */
        String name(long[] words);

        /** The entry could not be read; nothing more is fetched until {@link #restart}. */
        void unreadable(long nowPs);
    }

    private enum State {
        /** Nothing to do, or switched off. */
        IDLE,
        FETCHING,
        /** The fetched command waits for something. */
        HOLDING,
        EXECUTING,
        STOPPED
    }

    private final MemoryQueue queue;
    private final Executor executor;
    private final Kernel kernel;
    private final Trace trace;
    private final PhysicalMemory memory;
    private final MemoryTiming timing;
    private final int lane;
    private final long perCommandPs;
    private final long[] words = new long[MAX_WORDS];
    private final Counter executed;

    private State state = State.IDLE;
    private boolean enabled;

    /** Distinguishes the fetch under way from those that were given up. */
    private long fetch;

    /**
     * @param name prefix of the statistics, for example {@code iommu0.queue}
     * @param perCommandPs time to carry out a command, besides reading it from DRAM
     */
    public CommandReader(
            String name,
            MemoryQueue queue,
            long perCommandPs,
            Executor executor,
            Surroundings around) {
        this.queue = queue;
        this.executor = executor;
        this.kernel = around.kernel();
        this.trace = around.trace();
        this.memory = around.memory();
        this.timing = around.timing();
        this.lane = around.lane();
        this.perCommandPs = perCommandPs;
        this.executed = around.statistics().counter(name + ".executed", "commands carried out");
    }

    /** The tail has moved, or what a command waits for may have come. */
    public void kick() {
        if (state == State.IDLE) {
            fetchNext();
        } else if (state == State.HOLDING && enabled) {
            execute(kernel.nowPs());
        }
    }

    /** Switches fetching on or off; off gives up what is not yet carried out. */
    public void enable(boolean on) {
        enabled = on;
        if (!on) {
            abandon(State.IDLE);
        }
        kick();
    }

    /** Gives up the command at the head and fetches nothing until {@link #restart}. */
    public void halt() {
        abandon(State.STOPPED);
    }

    /** Fetches again after an error, from the head. */
    public void restart() {
        if (state == State.STOPPED) {
            state = State.IDLE;
            fetchNext();
        }
    }

    /** Whether an error or {@link #halt} has stopped it. */
    public boolean stopped() {
        return state == State.STOPPED;
    }

    /** Whether everything in the queue has been carried out. */
    public boolean idle() {
        return state == State.IDLE && (queue.empty() || !enabled);
    }

    /** Whether the command at the head waits for something. */
    public boolean holding() {
        return state == State.HOLDING;
    }

    /** The command at the head has arrived. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        if (data != fetch || state != State.FETCHING) {
            return;
        }
        long address = queue.headAddress();
        int bytes = queue.entryBytes();
        if (!memory.answers(address, bytes)) {
            state = State.STOPPED;
            executor.unreadable(nowPs);
            return;
        }
        for (int i = 0; i < bytes / Long.BYTES; i++) {
            words[i] = memory.readLong(address + (long) i * Long.BYTES);
        }
        execute(nowPs);
    }

    private void fetchNext() {
        if (!enabled || queue.empty()) {
            return;
        }
        state = State.FETCHING;
        long arrivesPs = timing.dramDonePs(kernel.nowPs(), queue.headAddress(), queue.entryBytes());
        kernel.at(arrivesPs + perCommandPs, this, 0, ++fetch);
    }

    private void execute(long nowPs) {
        state = State.EXECUTING;
        Outcome outcome = executor.execute(words, nowPs);
        if (state != State.EXECUTING) {
            return;
        }
        switch (outcome) {
            case WAITS -> state = State.HOLDING;
            case STOPPED -> state = State.STOPPED;
            default -> finish();
        }
    }

    private void finish() {
        executed.increment();
        if (trace.wants(Kind.COMMAND_EXECUTED)) {
            String name = executor.name(words);
            trace.tell(Kind.COMMAND_EXECUTED, lane, words[0], words[1], queue.head(), name);
        }
        queue.advanceHead();
        state = State.IDLE;
        fetchNext();
    }

    private void abandon(State next) {
        fetch++;
        state = next;
    }
}
