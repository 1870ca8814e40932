package svasim.iommu.smmuv3;

import svasim.iommu.core.Surroundings;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** The event queue (7.1, 7.2): which events are written, and which are lost. */
final class Events {
    private final OutputQueue queue;
    private final Interrupts interrupts;
    private final Trace trace;
    private final int lane;
    private final Counter recorded;
    private final Counter lost;
    private final Counter merged;
    private final EventMerging merging;
    private final Kernel kernel;
    private boolean enabled;

    /**
     * @param mergePs how long after an event its repetitions are left out
     */
    Events(OutputQueue queue, Interrupts interrupts, long mergePs, Surroundings around) {
        this.merging = new EventMerging(mergePs);
        this.kernel = around.kernel();
        this.queue = queue;
        this.interrupts = interrupts;
        this.trace = around.trace();
        this.lane = around.lane();
        String name = around.name() + ".eventq.";
        recorded = around.statistics().counter(name + "recorded", "events written");
        lost = around.statistics().counter(name + "lost", "events without room in the queue");
        merged = around.statistics().counter(name + "merged", "events that an earlier one covers");
    }

    void enable(boolean on) {
        enabled = on;
    }

    OutputQueue queue() {
        return queue;
    }

    /** Whether an event could be written now. */
    boolean writable() {
        return enabled && !queue.broken() && !queue.full();
    }

    /** Records the fault of a transaction that is not stalled, merges it, or loses it. */
    void record(Transaction transaction) {
        Fault fault = transaction.fault();
        EventRecord event =
                EventRecord.of(
                        fault, transaction.requesterId(), transaction.pasid(), EventRecord.NO_TAG);
        boolean mergeable = mergeable(transaction);
        if (mergeable && !queue.empty() && merging.covers(event, kernel.nowPs())) {
            merged.increment();
        } else if (record(event, fault.address()) && mergeable) {
            merging.wrote(event, kernel.nowPs());
        }
    }

    private static boolean mergeable(Transaction transaction) {
        Stream stream = transaction.stream();
        return transaction.fault().event().alwaysMergeable()
                || stream != null && stream.entry().mergesEvents();
    }

    /** Records that a device would like to have a page. */
    void hint(Tlp.PageRequest request) {
        record(EventRecord.hint(request), request.pageAddress());
    }

    private boolean record(EventRecord event, long address) {
        if (!enabled || queue.broken()) {
            lost.increment();
            return false;
        }
        if (queue.full()) {
            lost.increment();
            queue.overflow();
            return false;
        }
        return write(event, address);
    }

    /**
     * Records the event of a stalled transaction; only while the queue is {@link #writable}.
     *
     * @return false if nothing answers at its address
     */
    boolean recordStall(Fault fault, int streamId, int pasid, int stallTag) {
        return write(EventRecord.of(fault, streamId, pasid, stallTag), fault.address());
    }

    private boolean write(EventRecord event, long address) {
        boolean wasEmpty = queue.empty();
        merging.wroteOther();
        if (!queue.write(event.w0(), event.w1(), event.w2(), event.w3())) {
            lost.increment();
            return false;
        }
        recorded.increment();
        trace.tell(Kind.FAULT_RECORDED, lane, event.code(), event.streamId(), address);
        if (wasEmpty) {
            interrupts.raise(Interrupt.EVENTQ);
        }
        return true;
    }
}
