package svasim.iommu.vtd;

import svasim.iommu.core.CommandReader.Outcome;
import svasim.iommu.core.DeviceInvalidations;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;
import svasim.kernel.EventHandler;
import svasim.trace.Kind;

/**
 * The wait descriptor: completes after every invalidation before it, then writes its status word
 * and reports through ICS (VT-d 5.10, 6.5.2.8 and 11.4.10.6). The unit begins nothing that follows
 * a wait before it is complete, so that FN asks for nothing more.
 */
final class WaitDescriptor implements RegisterBlock, EventHandler {
    private static final int COMPLETE = 1;

    /** How far the descriptor at the head has come. */
    private enum Progress {
        NEW,
        /** Waits for requests, devices and page requests. */
        WAITING,
        /** The status write is under way. */
        WRITING,
        WRITTEN
    }

    private final Invalidator invalidator;
    private final DeviceInvalidations devices;
    private final PageRequestIntake pageRequests;
    private final EventRegisters event;
    private final Surroundings around;
    private final Runnable proceed;

    private Progress progress = Progress.NEW;
    private long pageRequestsBefore;
    private long statusWord0;
    private long statusWord1;
    private long writeNumber;
    private int status;

    /**
     * @param proceed executes the descriptor at the head again
     */
    WaitDescriptor(
            Invalidator invalidator,
            DeviceInvalidations devices,
            PageRequestIntake pageRequests,
            EventRegisters event,
            Surroundings around,
            Runnable proceed) {
        this.invalidator = invalidator;
        this.devices = devices;
        this.pageRequests = pageRequests;
        this.event = event;
        this.around = around;
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

    Outcome execute(long word0, long word1) {
        if (progress == Progress.NEW) {
            pageRequestsBefore = pageRequests.received();
            progress = Progress.WAITING;
        }
        if (progress == Progress.WAITING && ready(word0)) {
            progress = Progress.WRITTEN;
            if (Descriptor.writesStatus(word0)) {
                startWrite(word0, word1);
            }
        }
        if (progress != Progress.WRITTEN) {
            return Outcome.WAITS;
        }
        complete(word0, word1);
        return Outcome.DONE;
    }

    /** The queue has given the descriptor up. */
    void abandon() {
        progress = Progress.NEW;
        writeNumber++;
    }

    /** The status write has reached memory. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        if (data != writeNumber || progress != Progress.WRITING) {
            return;
        }
        long address = Descriptor.statusAddress(statusWord1);
        if (around.memory().answers(address, Integer.BYTES)) {
            around.memory().writeInt(address, Descriptor.statusData(statusWord0));
        }
        progress = Progress.WRITTEN;
        proceed.run();
    }

    private boolean ready(long word0) {
        return invalidator.drained()
                && devices.outstanding() == 0
                && (!Descriptor.drainsPageRequests(word0)
                        || pageRequests.settled(pageRequestsBefore));
    }

    private void startWrite(long word0, long word1) {
        progress = Progress.WRITING;
        statusWord0 = word0;
        statusWord1 = word1;
        long nowPs = around.kernel().nowPs();
        long doneAtPs =
                around.timing().dramDonePs(nowPs, Descriptor.statusAddress(word1), Integer.BYTES);
        around.kernel().at(doneAtPs, this, 0, ++writeNumber);
    }

    private void complete(long word0, long word1) {
        progress = Progress.NEW;
        around.trace()
                .tell(
                        Kind.WAIT_COMPLETED,
                        around.lane(),
                        Descriptor.statusAddress(word1),
                        Descriptor.statusData(word0),
                        0);
        if (Descriptor.interrupts(word0) && (status & COMPLETE) == 0) {
            status |= COMPLETE;
            event.raise();
        }
    }
}
