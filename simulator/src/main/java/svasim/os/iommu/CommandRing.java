package svasim.os.iommu;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import svasim.cpu.Cpu;
import svasim.iommu.core.QueueCommand;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.os.procedure.Call;
import svasim.os.procedure.Procedure;

/**
 * The ring of commands between a driver and its unit. Positions count the commands ever written, so
 * that a slot is a position modulo the size. A slot is free again when the unit has consumed it and
 * whoever waits for its completion has seen that.
 */
public abstract class CommandRing {
    private final Procedure<RingSubmission> procedure;
    private final int slots;
    private final int slotBytes;
    private final int spare;
    private final long base;
    private final Queue<Long> watched = new ArrayDeque<>();
    private long consumed;
    private long tail;

    /**
     * Size of a ring.
     *
     * @param spare slots that stay empty, because full must not look like empty
     */
    public record Shape(int slots, int slotBytes, int spare) {}

    /** What became of a completion. */
    protected enum Fate {
        PENDING,
        DONE,
        /** It will not happen; what it stands for has to be asked for again. */
        ABORTED,
        /** It will not happen, and nothing can be done. */
        LOST
    }

    /** Writes the command that shows when everything before it is done; returns its position. */
    @FunctionalInterface
    protected interface Completion {
        long write(Cpu cpu);
    }

    /**
     * @param procedure made by {@link RingSubmission#named}
     */
    protected CommandRing(
            Procedure<RingSubmission> procedure, Shape shape, Frames frames, int owner) {
        this.procedure = procedure;
        this.slots = shape.slots();
        this.slotBytes = shape.slotBytes();
        this.spare = shape.spare();
        int bytes = slots * slotBytes;
        int count = Math.max(1, bytes >>> PhysicalMemory.FRAME_SHIFT);
        this.base = frames.allocateContiguous(FrameUse.QUEUE, owner, count);
    }

    /** Physical address of slot 0. */
    public final long base() {
        return base;
    }

    protected final int slots() {
        return slots;
    }

    /** Has the unit carry out commands and waits until it has. */
    public final Call<?> submit(List<? extends QueueCommand> commands) {
        return submit(commands, this::writeCompletion);
    }

    /** The same with another command behind them. */
    protected final Call<?> submit(List<? extends QueueCommand> commands, Completion completion) {
        return new Call<>(procedure, new RingSubmission(this, commands, completion, true));
    }

    /** A bug on purpose: does not look whether the commands have completed. */
    public final Call<?> submitWithoutWaiting(List<? extends QueueCommand> commands) {
        return new Call<>(
                procedure, new RingSubmission(this, commands, this::writeCompletion, false));
    }

    /** Has the unit carry out commands of which no completion can be known. */
    public final Call<?> post(List<? extends QueueCommand> commands) {
        return new Call<>(procedure, new RingSubmission(this, commands, null, false));
    }

    final boolean hasRoom(Cpu cpu, int commands) {
        if (free() < commands) {
            consumed = consumed(cpu, consumed, tail);
        }
        return free() >= commands;
    }

    private long free() {
        long first = watched.isEmpty() ? consumed : Math.min(consumed, watched.element());
        return slots - spare - (tail - first);
    }

    /** Writes a command into the next slot; returns its position. */
    protected final long write(Cpu cpu, QueueCommand command) {
        long at = address(tail);
        cpu.store(at + Long.BYTES, command.word1());
        cpu.store(at, command.word0());
        return tail++;
    }

    /** Position of the command that is written next. */
    protected final long tail() {
        return tail;
    }

    /** Physical address of the slot of a position. */
    protected final long address(long position) {
        return base + (long) slot(position) * slotBytes;
    }

    protected final int slot(long position) {
        return (int) (position % slots);
    }

    final void watch(long position) {
        watched.add(position);
    }

    final void seen(long position) {
        watched.remove(position);
    }

    /** Commands were submitted, and software has seen that they are carried out. */
    protected void completed(List<? extends QueueCommand> commands, long tookPs) {}

    /** Writes the command that shows when everything before it is done; returns its position. */
    protected abstract long writeCompletion(Cpu cpu);

    /**
     * What became of the completion at a position. A driver without means of its own gives up when
     * its patience ends, and goes on as if it had happened.
     *
     * @param looks how often it was pending before
     */
    protected Fate fate(Cpu cpu, long position, long looks) {
        if (isDone(cpu, position)) {
            return Fate.DONE;
        }
        return looks < mostLooks() ? Fate.PENDING : Fate.LOST;
    }

    /** Looks at a completion after which the driver gives up. */
    protected abstract long mostLooks();

    /** Completions that somebody waits for, oldest first. */
    protected final List<Long> watched() {
        return List.copyOf(watched);
    }

    /** Whether the completion at a position has happened. */
    protected abstract boolean isDone(Cpu cpu, long position);

    /**
     * How far the unit has got.
     *
     * @param from position up to which it is known to have got
     * @param to position behind the last command
     */
    protected abstract long consumed(Cpu cpu, long from, long to);

    /** Tells the unit how far the ring is filled. */
    protected abstract void ring(Cpu cpu);
}
