package svasim.iommu.vtd;

import java.util.ArrayDeque;
import java.util.Deque;
import svasim.iommu.core.CommandReader.Outcome;
import svasim.iommu.core.DeviceInvalidations;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;
import svasim.kernel.EventHandler;
import svasim.trace.Kind;

/**
 * Wait descriptors: each completes after every invalidation before it, then writes its status word
 * and reports through ICS (VT-d 5.10, 6.5.2.8 and 11.4.10.6). With FN nothing that follows is begun
 * before; without, the unit goes on while no more than a number of waits are pending. They complete
 * in order.
 */
final class WaitDescriptor implements RegisterBlock, EventHandler {
    private static final int COMPLETE = 1;

    /** Stands for no pending wait. */
    static final int NONE = -1;

    /** How far a wait has come. */
    private enum Progress {
        /** Waits for requests, devices and page requests. */
        WAITING,
        READY,
        /** The status write is under way. */
        WRITING,
        WRITTEN
    }

    /** One wait, with what it waits for. */
    private static final class Pending {
        final int slot;
        final long word0;
        final long word1;
        final long number;
        long drainPoint;
        long sentBefore;
        long pageRequestsBefore;
        Progress progress = Progress.WAITING;

        Pending(int slot, long word0, long word1, long number) {
            this.slot = slot;
            this.word0 = word0;
            this.word1 = word1;
            this.number = number;
        }
    }

    private final Invalidator invalidator;
    private final DeviceInvalidations devices;
    private final PageRequestIntake pageRequests;
    private final EventRegisters event;
    private final Surroundings around;
    private final Runnable proceed;
    private final int most;
    private final Deque<Pending> pending = new ArrayDeque<>();

    /** The wait that holds the queue, or null. */
    private Pending fence;

    private long lastNumber;
    private boolean looking;
    private int status;

    /**
     * @param most waits that may be pending while what follows is begun
     * @param proceed executes the descriptor at the head again
     */
    WaitDescriptor(
            Invalidator invalidator,
            DeviceInvalidations devices,
            PageRequestIntake pageRequests,
            EventRegisters event,
            Surroundings around,
            int most,
            Runnable proceed) {
        this.invalidator = invalidator;
        this.devices = devices;
        this.pageRequests = pageRequests;
        this.event = event;
        this.around = around;
        this.most = most;
        this.proceed = proceed;
    }

    @Override
    public boolean has(int offset) {
        return offset == RegisterOffset.ICS;
    }

    @Override
    public int read(int offset) {
        return status;
    }

    @Override
    public void write(int offset, int value) {
        status &= ~(value & COMPLETE);
        if (status == 0) {
            event.settled();
        }
    }

    /**
     * Takes a wait up.
     *
     * @param slot of the queue, for {@link #oldest}
     */
    Outcome execute(long word0, long word1, int slot) {
        if (fence == null) {
            Pending wait = new Pending(slot, word0, word1, ++lastNumber);
            wait.drainPoint = invalidator.drainPoint();
            wait.sentBefore = devices.lastSent();
            wait.pageRequestsBefore = pageRequests.received();
            pending.add(wait);
            fence = Descriptor.fences(word0) || pending.size() > most ? wait : null;
        }
        goOn();
        if (fence != null && pending.contains(fence)) {
            return Outcome.WAITS;
        }
        fence = null;
        return Outcome.DONE;
    }

    /** Slot of the oldest wait that is not complete, or {@link #NONE}. */
    int oldest() {
        return pending.isEmpty() ? NONE : pending.element().slot;
    }

    /** Whether waits are not complete. */
    boolean pending() {
        return !pending.isEmpty();
    }

    /** Something that waits may wait for has happened. */
    void goOn() {
        if (looking || pending.isEmpty()) {
            return;
        }
        looking = true;
        boolean inOrder = true;
        for (Pending wait : pending) {
            if (wait.progress == Progress.WAITING && ready(wait)) {
                wait.progress = Progress.READY;
            }
            inOrder &= wait.progress != Progress.WAITING;
            if (inOrder && wait.progress == Progress.READY) {
                begin(wait);
            }
        }
        looking = false;
        while (pending() && pending.element().progress == Progress.WRITTEN) {
            complete(pending.remove());
        }
    }

    /** The queue has given the pending waits up. */
    void abandon() {
        pending.clear();
        fence = null;
    }

    /** A status write has reached memory. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        for (Pending wait : pending) {
            if (wait.number == data) {
                wait.progress = Progress.WRITTEN;
                proceed.run();
                return;
            }
        }
    }

    private boolean ready(Pending wait) {
        return invalidator.drained(wait.drainPoint)
                && devices.answered(wait.sentBefore)
                && (!Descriptor.drainsPageRequests(wait.word0)
                        || pageRequests.settled(wait.pageRequestsBefore));
    }

    private void begin(Pending wait) {
        if (!Descriptor.writesStatus(wait.word0)) {
            wait.progress = Progress.WRITTEN;
            return;
        }
        wait.progress = Progress.WRITING;
        long address = Descriptor.statusAddress(wait.word1);
        long nowPs = around.kernel().nowPs();
        long doneAtPs = around.timing().dramDonePs(nowPs, address, Integer.BYTES);
        around.kernel().at(doneAtPs, this, 0, wait.number);
    }

    private void complete(Pending wait) {
        long address = Descriptor.statusAddress(wait.word1);
        if (Descriptor.writesStatus(wait.word0)
                && around.memory().answers(address, Integer.BYTES)) {
            around.memory().writeInt(address, Descriptor.statusData(wait.word0));
        }
        around.trace()
                .tell(
                        Kind.WAIT_COMPLETED,
                        around.lane(),
                        address,
                        Descriptor.statusData(wait.word0),
                        0);
        if (Descriptor.interrupts(wait.word0) && (status & COMPLETE) == 0) {
            status |= COMPLETE;
            event.raise();
        }
    }
}
