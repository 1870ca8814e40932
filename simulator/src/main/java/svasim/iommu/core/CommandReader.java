package svasim.iommu.core;

import svasim.kernel.EventHandler;

/**
 * Fetches the entries of a {@link MemoryQueue} one after the other and has them carried out, in
 * order: the invalidation queue, command queue or command buffer of an IOMMU.
 */
public final class CommandReader implements EventHandler {
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

        /** The entry could not be read; nothing more is fetched until {@link #restart}. */
        void unreadable(long nowPs);
    }

    private final MemoryQueue queue;
    private final Executor executor;

    public CommandReader(
            MemoryQueue queue, Executor executor, Surroundings surroundings, WalkReads reads) {
        this.queue = queue;
        this.executor = executor;
    }

    /** The tail has moved, the reader was enabled, or what a command waits for may have come. */
    public void kick() {}

    /** Fetches again after an error, from the head. */
    public void restart() {}

    /** Fetching allowed or not; what is being carried out is finished first. */
    public void enable(boolean on) {}

    /** Whether nothing is left to do. */
    public boolean idle() {
        return queue.empty();
    }

    @Override
    public void handle(long nowPs, int kind, long data) {}
}
