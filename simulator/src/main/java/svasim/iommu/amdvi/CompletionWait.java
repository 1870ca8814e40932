package svasim.iommu.amdvi;

import java.util.function.BooleanSupplier;
import svasim.iommu.core.CommandReader.Outcome;
import svasim.iommu.core.Surroundings;
import svasim.kernel.EventHandler;
import svasim.trace.Kind;

/**
 * COMPLETION_WAIT (5): completes after every earlier command, then stores its data and sets
 * ComWaitInt. The unit begins nothing that follows a wait before it is complete, so that F asks for
 * nothing more.
 */
final class CompletionWait implements EventHandler {
    /** How far the command at the head has come. */
    private enum Progress {
        NEW,
        /** Waits for requests, devices and page requests. */
        WAITING,
        /** The store is under way. */
        STORING,
        STORED
    }

    private final BooleanSupplier earlierDone;
    private final PageRequests pageRequests;
    private final Status status;
    private final Surroundings around;
    private final Runnable proceed;

    private Progress progress = Progress.NEW;
    private long pageRequestsBefore;
    private Command storing;
    private long storeNumber;

    /**
     * @param earlierDone whether the effects of all commands so far are complete
     * @param proceed executes the command at the head again
     */
    CompletionWait(
            BooleanSupplier earlierDone,
            PageRequests pageRequests,
            Status status,
            Surroundings around,
            Runnable proceed) {
        this.earlierDone = earlierDone;
        this.pageRequests = pageRequests;
        this.status = status;
        this.around = around;
        this.proceed = proceed;
    }

    Outcome execute(Command command) {
        if (progress == Progress.NEW) {
            pageRequestsBefore = pageRequests.received();
            progress = Progress.WAITING;
        }
        if (progress == Progress.WAITING
                && earlierDone.getAsBoolean()
                && pageRequests.settled(pageRequestsBefore)) {
            progress = Progress.STORED;
            if (command.stores()) {
                store(command);
            }
        }
        if (progress != Progress.STORED) {
            return Outcome.WAITS;
        }
        complete(command);
        return Outcome.DONE;
    }

    /** Software has switched the buffer off: the command at the head is given up. */
    void abandon() {
        progress = Progress.NEW;
        storeNumber++;
    }

    private void store(Command command) {
        progress = Progress.STORING;
        storing = command;
        long nowPs = around.kernel().nowPs();
        long donePs = around.timing().dramDonePs(nowPs, command.storeAddress(), Long.BYTES);
        around.kernel().at(donePs, this, 0, ++storeNumber);
    }

    /** The store has reached memory. */
    @Override
    public void handle(long nowPs, int kind, long number) {
        if (number != storeNumber || progress != Progress.STORING) {
            return;
        }
        if (around.memory().answers(storing.storeAddress(), Long.BYTES)) {
            around.memory().writeLong(storing.storeAddress(), storing.storeData());
        }
        progress = Progress.STORED;
        proceed.run();
    }

    private void complete(Command command) {
        progress = Progress.NEW;
        around.trace()
                .tell(
                        Kind.WAIT_COMPLETED,
                        around.lane(),
                        command.storeAddress(),
                        command.storeData(),
                        0);
        if (command.interrupts()) {
            status.raise(StatusBit.COM_WAIT_INT, Interrupts.Cause.COMPLETION_WAIT);
        }
    }
}
