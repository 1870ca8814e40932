package svasim.iommu.vtd;

import svasim.iommu.core.CommandReader;
import svasim.iommu.core.MemoryQueue;
import svasim.iommu.core.QueueView;
import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;

/** IQH, IQT and IQA, and when descriptors are fetched (VT-d 5.10, 6.5.2 and 11.4.10). */
final class InvalidationQueue implements RegisterBlock, CommandReader.Executor {

    private static final long TAIL_WRITABLE = 0x7FFF0;
    private static final long BASE_WRITABLE = -1L << 12 | InvalidationQueueBase.WIDE | 7;
    private static final int PAGE_SHIFT = 12;

    private final MemoryQueue ring = new MemoryQueue();
    private final Register64 tail = new Register64(TAIL_WRITABLE);
    private final Register64 base = new Register64(BASE_WRITABLE);
    private final CommandReader reader;
    private final DescriptorExecutor executor;
    private final WaitDescriptor waits;
    private final QueueErrors errors;
    private final RemappingMode mode;
    private final boolean wideSupported;
    private boolean enabled;
    private boolean disabling;

    InvalidationQueue(
            VtdConfig config,
            Capabilities capabilities,
            RemappingMode mode,
            DescriptorExecutor executor,
            WaitDescriptor waits,
            QueueErrors errors,
            Surroundings around) {
        this.mode = mode;
        this.executor = executor;
        this.waits = waits;
        this.errors = errors;
        this.wideSupported = capabilities.has("ECAP.SMTS") || capabilities.has("ECAP.ADMS");
        this.reader =
                new CommandReader(
                        around.name() + ".queue", ring, config.descriptor().value(), this, around);
    }

    @Override
    public boolean has(int offset) {
        return offset >= RegisterOffset.IQH && offset < RegisterOffset.IQA + Long.BYTES;
    }

    @Override
    public int read(int offset) {
        return switch (offset & -Long.BYTES) {
            case RegisterOffset.IQH ->
                    offset == RegisterOffset.IQH ? head() * ring.entryBytes() : 0;
            case RegisterOffset.IQT -> tail.half(offset);
            default -> base.half(offset);
        };
    }

    /** The base is locked while the queue is on. */
    @Override
    public void write(int offset, int value) {
        if (offset == RegisterOffset.IQT) {
            tail.half(offset, value);
            goOn();
        } else if ((offset & -Long.BYTES) == RegisterOffset.IQA && !enabled) {
            base.half(offset, value);
        }
    }

    /** IQH stays on a wait until it is complete, although what follows may have been begun. */
    private int head() {
        return waits.pending() ? waits.oldest() : ring.head();
    }

    /** QIES. */
    boolean enabled() {
        return enabled;
    }

    /** QIE was set: the queue starts at its base. */
    void enable() {
        enabled = true;
        disabling = false;
        int bytes = wide() ? Descriptor.WIDE_BYTES : Descriptor.NARROW_BYTES;
        int log2 = PAGE_SHIFT + (int) base.value() % 8 - Integer.numberOfTrailingZeros(bytes);
        ring.configure(base.value() & -1L << PAGE_SHIFT, log2, bytes, false);
        ring.head(0);
        ring.tail(0);
        reader.restart();
        reader.enable(true);
        goOn();
    }

    /** QIE was cleared: what is in the queue is finished first. */
    void disable() {
        disabling = true;
        goOn();
    }

    /** Something that a descriptor may wait for has happened, or the tail has moved. */
    void goOn() {
        waits.goOn();
        if (enabled && !errors.blocking()) {
            QueueError error = errorOfSetup();
            if (error == null) {
                ring.tail((int) tail.value() / ring.entryBytes());
                reader.kick();
            } else {
                stop(error);
            }
        }
        if (disabling && (idle() || reader.stopped())) {
            switchOff();
        }
    }

    /** A device has not answered: pending waits are given up, and come again with the restart. */
    void halt() {
        ring.head(head());
        reader.halt();
        waits.abandon();
    }

    /** Software has cleared IQE or ITE. */
    void restart() {
        if (!errors.blocking()) {
            reader.restart();
            goOn();
        }
    }

    /** Whether descriptors wait. */
    boolean busy() {
        return enabled && !idle();
    }

    private boolean idle() {
        return reader.idle() && !waits.pending();
    }

    @Override
    public CommandReader.Outcome execute(long[] words, long nowPs) {
        if (ring.entryBytes() == Descriptor.NARROW_BYTES) {
            words[2] = 0;
            words[3] = 0;
        }
        QueueError error = executor.check(words);
        if (error == null) {
            return executor.execute(words, ring.head());
        }
        if (waits.pending()) {
            return CommandReader.Outcome.WAITS;
        }
        errors.stopped(error);
        return CommandReader.Outcome.STOPPED;
    }

    QueueView view() {
        return new QueueView(
                "invalidation queue",
                ring,
                words -> Descriptor.known(Descriptor.type(words[0])) ? name(words) : "not a type");
    }

    @Override
    public String name(long[] words) {
        return Descriptor.name(Descriptor.type(words[0]));
    }

    @Override
    public void unreadable(long nowPs) {
        errors.stopped(QueueError.FETCH_FAILED);
    }

    private void stop(QueueError error) {
        halt();
        errors.stopped(error);
    }

    private void switchOff() {
        reader.enable(false);
        waits.abandon();
        ring.head(0);
        ring.tail(0);
        enabled = false;
        disabling = false;
    }

    /** What makes fetching impossible, or null. */
    private QueueError errorOfSetup() {
        int tableMode = mode.tableMode();
        if (tableMode == RootTable.RESERVED_MODE) {
            return QueueError.TABLE_MODE_INVALID;
        }
        if (wide() ? !wideSupported : tableMode != RootTable.LEGACY) {
            return QueueError.WIDTH_INVALID;
        }
        if (tail.value() % ring.entryBytes() != 0) {
            return QueueError.TAIL_UNALIGNED;
        }
        long bytes = 1L << PAGE_SHIFT + (int) base.value() % 8;
        return tail.value() >= bytes ? QueueError.TAIL_OUTSIDE : null;
    }

    private boolean wide() {
        return (base.value() & InvalidationQueueBase.WIDE) != 0;
    }
}
