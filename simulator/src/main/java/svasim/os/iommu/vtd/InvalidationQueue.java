package svasim.os.iommu.vtd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.os.procedure.Call;

/**
 * The ring of descriptors between driver and unit. Slots are free again when the wait that followed
 * them has completed, oldest first.
 */
final class InvalidationQueue {
    /** Value that a wait's status word shows once the wait has completed. */
    static final int DONE = 2;

    private static final int PENDING = 1;
    private static final int QUEUE_BYTES = 4096;
    private static final int WIDE = 32;
    private static final int NARROW = 16;
    private static final long WIDE_DESCRIPTORS = 1 << 11;

    private final Registers registers;
    private final boolean wide;
    private final int slots;
    private final long ring;
    private final long statusWords;

    /** Slots that hold a wait; those before one are free when it has completed. */
    private final boolean[] isWait;

    private int head;
    private int tail;

    /**
     * @param wide 256-bit descriptors, as scalable mode needs them
     */
    InvalidationQueue(Registers registers, boolean wide, Frames frames, int owner) {
        this.registers = registers;
        this.wide = wide;
        this.slots = QUEUE_BYTES / (wide ? WIDE : NARROW);
        this.ring = frames.allocate(FrameUse.QUEUE, owner);
        this.statusWords = frames.allocate(FrameUse.QUEUE, owner);
        this.isWait = new boolean[slots];
    }

    /** Value of IQA. */
    long baseRegister() {
        return ring | (wide ? WIDE_DESCRIPTORS : 0);
    }

    /**
     * Has the unit carry out descriptors, followed by a wait, and polls until that has completed
     * (qi_submit_sync).
     */
    Call<?> submit(List<Descriptor> descriptors) {
        return QueueSubmission.call(this, descriptors, QueueSubmission.Mode.WAIT);
    }

    /** The same, and the wait also waits for page requests received before it. */
    Call<?> submitDraining(List<Descriptor> descriptors) {
        return QueueSubmission.call(this, descriptors, QueueSubmission.Mode.DRAIN);
    }

    /** A bug on purpose: does not look whether the wait has completed. */
    Call<?> submitWithoutWaiting(List<Descriptor> descriptors) {
        return QueueSubmission.call(this, descriptors, QueueSubmission.Mode.FORGET);
    }

    /** Whether so many descriptors fit; one slot stays free. */
    boolean hasRoom(Cpu cpu, int descriptors) {
        reclaim(cpu);
        int used = Math.floorMod(tail - head, slots);
        return used + descriptors < slots;
    }

    /** Writes a descriptor into the next slot. */
    void write(Cpu cpu, Descriptor descriptor) {
        long at = ring + (long) tail * (wide ? WIDE : NARROW);
        cpu.store(at, descriptor.word0());
        cpu.store(at + Long.BYTES, descriptor.word1());
        isWait[tail] = false;
        tail = (tail + 1) % slots;
    }

    /**
     * Writes a wait into the next slot.
     *
     * @return the slot, for {@link #isDone}
     */
    int writeWait(Cpu cpu, boolean draining) {
        int slot = tail;
        cpu.store(status(slot), PENDING);
        Descriptor wait = Descriptor.statusWait(status(slot), DONE);
        write(cpu, draining ? wait.drainingPageRequests() : wait);
        isWait[slot] = true;
        return slot;
    }

    /** Tells the unit how far the ring is filled. */
    void ring(Cpu cpu) {
        registers.write64(cpu, Registers.IQT, (long) tail * (wide ? WIDE : NARROW));
    }

    /** Whether the wait in this slot has completed. */
    boolean isDone(Cpu cpu, int slot) {
        return (int) cpu.load(status(slot)) == DONE;
    }

    /** Frees the slots up to the last wait that has completed. */
    private void reclaim(Cpu cpu) {
        for (int slot = head, used = Math.floorMod(tail - head, slots); used > 0; used--) {
            if (isWait[slot] && isDone(cpu, slot)) {
                head = (slot + 1) % slots;
            }
            slot = (slot + 1) % slots;
        }
    }

    private long status(int slot) {
        return statusWords + (long) slot * Long.BYTES;
    }
}
