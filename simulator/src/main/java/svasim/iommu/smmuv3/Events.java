package svasim.iommu.smmuv3;

import svasim.iommu.core.Surroundings;
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
    private boolean enabled;

    Events(OutputQueue queue, Interrupts interrupts, Surroundings around) {
        this.queue = queue;
        this.interrupts = interrupts;
        this.trace = around.trace();
        this.lane = around.lane();
        String name = around.name() + ".eventq.";
        recorded = around.statistics().counter(name + "recorded", "events written");
        lost = around.statistics().counter(name + "lost", "events without room in the queue");
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

    /** Records an event of a transaction that is not stalled, or loses it. */
    void record(Fault fault, int streamId, int pasid) {
        if (!enabled || queue.broken()) {
            lost.increment();
        } else if (queue.full()) {
            lost.increment();
            queue.overflow();
        } else {
            write(fault, streamId, pasid, EventRecord.NO_TAG);
        }
    }

    /**
     * Records the event of a stalled transaction; only while the queue is {@link #writable}.
     *
     * @return false if nothing answers at its address
     */
    boolean recordStall(Fault fault, int streamId, int pasid, int stallTag) {
        return write(fault, streamId, pasid, stallTag);
    }

    private boolean write(Fault fault, int streamId, int pasid, int stallTag) {
        boolean wasEmpty = queue.empty();
        EventRecord event = EventRecord.of(fault, streamId, pasid, stallTag);
        if (!queue.write(event.w0(), event.w1(), event.w2(), event.w3())) {
            lost.increment();
            return false;
        }
        recorded.increment();
        trace.tell(Kind.FAULT_RECORDED, lane, event.code(), streamId, fault.address());
        if (wasEmpty) {
            interrupts.raise(Interrupt.EVENTQ);
        }
        return true;
    }
}
