package svasim.iommu.smmuv3;

import svasim.iommu.core.RequestKind;
import svasim.pcie.tlp.CompletionStatus;

/** What becomes of memory requests that fault (3.12): abort, read as zero, or stall; an event. */
final class Terminations {
    /** How an abort ends a request on PCI Express. */
    static final CompletionStatus ABORT = CompletionStatus.UNSUPPORTED_REQUEST;

    private final Control control;
    private final Events events;
    private final StalledTransactions stalled;

    Terminations(Control control, Events events, StalledTransactions stalled) {
        this.control = control;
        this.events = events;
        this.stalled = stalled;
    }

    /** Ends or stalls a transaction that has a fault. */
    void terminate(Transaction transaction) {
        Fault fault = transaction.fault();
        if (!chosenByConfiguration(transaction)) {
            finish(transaction, recordedAlways(fault.event()), true);
        } else if (fault.stage2()) {
            StreamTableEntry entry = transaction.stream().entry();
            end(transaction, entry.s2Stall(), entry.s2Record(), true);
        } else {
            ContextDescriptor context = transaction.context().descriptor();
            end(transaction, context.stall(), context.record(), context.abort());
        }
    }

    /** Whether STE or CD say what happens. */
    private static boolean chosenByConfiguration(Transaction transaction) {
        Fault fault = transaction.fault();
        return fault.event().configurable() && (fault.stage2() || transaction.context() != null);
    }

    private boolean recordedAlways(Event event) {
        return switch (event) {
            case NONE -> false;
            case C_BAD_STREAMID -> control.recordsInvalidStreams();
            default -> true;
        };
    }

    private void end(Transaction transaction, boolean stall, boolean record, boolean abort) {
        if (stall && transaction.kind() == RequestKind.UNTRANSLATED) {
            stalled.stall(transaction);
        } else {
            finish(transaction, record || stall, abort);
        }
    }

    private void finish(Transaction transaction, boolean record, boolean abort) {
        if (record) {
            events.record(transaction);
        }
        transaction.reply().refused(transaction.token(), abort ? ABORT : CompletionStatus.SUCCESS);
    }
}
