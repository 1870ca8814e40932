package svasim.os.iommu.vtd;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.HdrHistogram.Histogram;
import svasim.cpu.Cpu;
import svasim.iommu.core.QueueCommand;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.InvalidationQueueBase;
import svasim.iommu.vtd.RegisterOffset;
import svasim.memory.FrameUse;
import svasim.os.defect.Defect;
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

    /** Time of a look at the status word, without a read of FSTS after it. */
    private static final long LOOK_PS = 40_000;

    /** Looks after which the time between two of them doubles, so that 90 s can be waited for. */
    private static final int LOOKS_PER_DOUBLING = 1 << 15;

    private static final int MOST_DOUBLINGS = 14;

    private static final Procedure<RingSubmission> SUBMIT =
            RingSubmission.named("qi_submit_sync", "write descriptors", "wait for status", LOOK_PS);

    private final UnitRegisters registers;
    private final int slotBytes;
    private final long statusWords;

    /** Slots that hold a wait; those before one are free when it has completed. */
    private final boolean[] isWait;

    private final QueueErrors errors;
    private final boolean skipsSlots;
    private final int looksPerCheck;
    private final Histogram iotlb;
    private final Histogram deviceTlb;

    /** Waits that the unit has given up and whose submitters do not know yet. */
    private final Set<Long> aborted = new TreeSet<>();

    /**
     * @param wide 256-bit descriptors, as scalable mode needs them
     * @param known whether a device has a requester ID and answers
     */
    InvalidationQueue(UnitRegisters registers, boolean wide, UnitSite site, IntPredicate known) {
        super(SUBMIT, shape(wide), site.frames(), site.owner());
        this.registers = registers;
        this.errors = new QueueErrors(registers, known);
        this.looksPerCheck = site.options().looksPerCheck();
        this.iotlb = latency(site, "iotlb", "an IOTLB");
        this.deviceTlb = latency(site, "devtlb", "a device-TLB");
        this.skipsSlots = site.has(Defect.S39);
        this.slotBytes = wide ? Descriptor.WIDE_BYTES : Descriptor.NARROW_BYTES;
        this.statusWords = site.frames().allocate(FrameUse.QUEUE, site.owner());
        this.isWait = new boolean[slots()];
    }

    private static Histogram latency(UnitSite site, String part, String what) {
        return site.platform()
                .statistics()
                .latency(
                        site.name() + ".invalidation." + part + ".ps",
                        "commands of which the first is for "
                                + what
                                + ": from their submission until software sees their end");
    }

    /** dmar_latency_update: under the type of the first descriptor. */
    @Override
    protected void completed(List<? extends QueueCommand> commands, long tookPs) {
        if (commands.isEmpty()) {
            return;
        }
        switch (Descriptor.type(commands.get(0).word0())) {
            case Descriptor.IOTLB, Descriptor.PASID_IOTLB -> iotlb.recordValue(tookPs);
            case Descriptor.DEVICE_TLB, Descriptor.PASID_DEVICE_TLB ->
                    deviceTlb.recordValue(tookPs);
            default -> {
                // Nobody counts the others.
            }
        }
    }

    private static Shape shape(boolean wide) {
        int bytes = wide ? Descriptor.WIDE_BYTES : Descriptor.NARROW_BYTES;
        return new Shape(QUEUE_BYTES / bytes, bytes, 1);
    }

    /** Value of IQA. */
    long baseRegister() {
        return InvalidationQueueBase.of(base(), slotBytes == Descriptor.WIDE_BYTES);
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

    /**
     * The driver waits as long as the unit reports no error, on its core and with interrupts off
     * (qi_submit_sync). It is the unit that ends a wait for a device, after up to a minute and a
     * half; as long as the device is there the driver asks again each time, so that a device that
     * never answers has the core for ever.
     */
    @Override
    protected long mostLooks() {
        return Long.MAX_VALUE;
    }

    /**
     * qi_check_fault. After the time-out of a device every wait that is pending is aborted, and who
     * waits submits again; a descriptor that the unit refuses becomes a wait.
     */
    @Override
    protected Fate fate(Cpu cpu, long position, long looks) {
        if (aborted.remove(position)) {
            return Fate.ABORTED;
        }
        Fate fate = super.fate(cpu, position, looks);
        if (fate != Fate.PENDING) {
            return fate;
        }
        cpu.spend(restPs(looks));
        if (looks % looksPerCheck != looksPerCheck - 1) {
            return fate;
        }
        return switch (errors.look(cpu)) {
            case NOTHING -> Fate.PENDING;
            case BAD_DESCRIPTOR -> skipBad(cpu);
            case TIMEOUT -> abortAll(cpu, position);
            case DEVICE_GONE -> giveUp(cpu, position);
        };
    }

    /**
     * What a look takes besides its own time. Linux looks without a rest; a device has up to 90 s
     * to answer, and a model that looks as often needs an event for each look. With these rests the
     * end of a long wait is seen late by less than a 16 000th of it.
     */
    static long restPs(long looks) {
        long doublings = Math.min(MOST_DOUBLINGS, looks / LOOKS_PER_DOUBLING);
        return LOOK_PS * ((1L << doublings) - 1);
    }

    private Fate skipBad(Cpu cpu) {
        long at = base() + registers.read64(cpu, RegisterOffset.IQH);
        cpu.store(at + Long.BYTES, Descriptor.fence().word1());
        cpu.store(at, Descriptor.fence().word0());
        errors.acknowledge(cpu);
        return Fate.PENDING;
    }

    private Fate abortAll(Cpu cpu, long position) {
        markAborted(cpu);
        errors.acknowledge(cpu);
        return aborted.remove(position) ? Fate.ABORTED : Fate.PENDING;
    }

    /** The others may have asked for something that has nothing to do with the device. */
    private Fate giveUp(Cpu cpu, long position) {
        markAborted(cpu);
        errors.acknowledge(cpu);
        aborted.remove(position);
        return Fate.LOST;
    }

    /** With bug S39, of two slots one is looked at: a command and its wait, it is believed. */
    private void markAborted(Cpu cpu) {
        for (long waiting : watched()) {
            boolean looked = !skipsSlots || slot(waiting) % 2 == 1;
            if (looked && !isDone(cpu, waiting)) {
                aborted.add(waiting);
            }
        }
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
        registers.write64(cpu, RegisterOffset.IQT, (long) slot(tail()) * slotBytes);
    }

    private long nextStatus() {
        return status(tail());
    }

    private long status(long position) {
        return statusWords + (long) slot(position) * Long.BYTES;
    }
}
