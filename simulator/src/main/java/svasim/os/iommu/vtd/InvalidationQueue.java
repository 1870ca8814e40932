package svasim.os.iommu.vtd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.iommu.CommandRing;
import svasim.os.iommu.RingSubmission;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.os.procedure.Procedure;

/**
 * The ring of descriptors between driver and unit. Slots are free again when the wait that followed
 * them has completed, oldest first.
 */
final class InvalidationQueue extends CommandRing {
    /** Value that a wait's status word shows once the wait has completed. */
    static final int DONE = 2;

    private static final int PENDING = 1;
    private static final int QUEUE_BYTES = 4096;
    private static final int WIDE = 32;
    private static final int NARROW = 16;
    private static final long WIDE_DESCRIPTORS = 1 << 11;

    private static final Procedure<RingSubmission> SUBMIT =
            RingSubmission.named("qi_submit_sync", "write descriptors", "wait for status", 40_000);

    private final UnitRegisters registers;
    private final int slotBytes;
    private final long statusWords;

    /** Slots that hold a wait; those before one are free when it has completed. */
    private final boolean[] isWait;

    /**
     * @param wide 256-bit descriptors, as scalable mode needs them
     */
    InvalidationQueue(UnitRegisters registers, boolean wide, UnitSite site) {
        super(SUBMIT, shape(wide), site.frames(), site.owner());
        this.registers = registers;
        this.slotBytes = wide ? WIDE : NARROW;
        this.statusWords = site.frames().allocate(FrameUse.QUEUE, site.owner());
        this.isWait = new boolean[slots()];
    }

    private static Shape shape(boolean wide) {
        int bytes = wide ? WIDE : NARROW;
        return new Shape(QUEUE_BYTES / bytes, bytes, 1);
    }

    /** Value of IQA. */
    long baseRegister() {
        return base() | (slotBytes == WIDE ? WIDE_DESCRIPTORS : 0);
    }

    /** As {@link #submit}, and the wait also waits for page requests received before it. */
    Call<?> submitDraining(List<Descriptor> descriptors) {
        return submit(descriptors, this::writeDrainingWait);
    }

    @Override
    protected long writeCompletion(Cpu cpu) {
        return writeWait(cpu, Descriptor.statusWait(nextStatus(), DONE));
    }

    private long writeDrainingWait(Cpu cpu) {
        return writeWait(cpu, Descriptor.statusWait(nextStatus(), DONE).drainingPageRequests());
    }

    private long writeWait(Cpu cpu, Descriptor wait) {
        cpu.store(nextStatus(), PENDING);
        isWait[slot(tail())] = true;
        return super.write(cpu, wait);
    }

    @Override
    protected boolean isDone(Cpu cpu, long position) {
        return (int) cpu.load(status(position)) == DONE;
    }

    /** Up to the last wait that has completed. */
    @Override
    protected long consumed(Cpu cpu, long from, long to) {
        long last = from;
        for (long position = from; position < to; position++) {
            if (isWait[slot(position)] && isDone(cpu, position)) {
                last = position + 1;
            }
        }
        for (long position = from; position < last; position++) {
            isWait[slot(position)] = false;
        }
        return last;
    }

    @Override
    protected void ring(Cpu cpu) {
        registers.write64(cpu, Registers.IQT, (long) slot(tail()) * slotBytes);
    }

    private long nextStatus() {
        return status(tail());
    }

    private long status(long position) {
        return statusWords + (long) slot(position) * Long.BYTES;
    }
}
