package svasim.iommu.smmuv2;

import svasim.iommu.core.HeldRequest;
import svasim.iommu.core.RequestTrace;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.CompletionStatus;
import svasim.trace.Kind;

/**
 * Hands results to those who asked: translations, aborts, zeros; or stalls the transaction
 * (reference smmuv2.md 3, fault flow).
 */
final class Answers {
    /** How an abort ends a request on PCI Express. */
    static final CompletionStatus ABORT = CompletionStatus.UNSUPPORTED_REQUEST;

    /** PAR of an operation that has failed; the fault stands where FSR has it. */
    private static final int PAR_FAILED = 1;

    private static final long PAR_ADDRESS = 0xFFFF_FFFF_F000L;

    private final GlobalControl control;
    private final GlobalFaults globalFaults;
    private final ContextAttributes attributes;
    private final RequestTrace trace;
    private final Surroundings around;

    Answers(
            GlobalControl control,
            GlobalFaults globalFaults,
            ContextAttributes attributes,
            Surroundings around) {
        this.control = control;
        this.globalFaults = globalFaults;
        this.attributes = attributes;
        this.trace = new RequestTrace(around);
        this.around = around;
    }

    void answer(Transaction transaction) {
        Fault fault = transaction.fault();
        if (transaction.probed() != null) {
            probe(transaction);
        } else if (transaction.held()) {
            hold(transaction);
        } else if (fault == null) {
            trace.translated(transaction, transaction.output());
            transaction.reply().translated(transaction.token(), transaction.output());
        } else {
            trace.faulted(transaction, fault.code());
            fault(transaction, fault);
        }
    }

    /** How a bank ends a transaction that it does not stall. */
    static CompletionStatus termination(ContextBank bank) {
        return bank.control(SystemControl.FAULT_ABORTS) ? ABORT : CompletionStatus.SUCCESS;
    }

    private static void probe(Transaction transaction) {
        Fault fault = transaction.fault();
        transaction
                .probed()
                .wide(
                        BankRegister.PAR,
                        fault == null
                                ? transaction.output() & PAR_ADDRESS
                                : PAR_FAILED | (fault.global() ? 0 : fault.status()));
        transaction.probed().probing(false);
    }

    private static void hold(Transaction transaction) {
        Context context = transaction.context();
        ContextBank blocker = context.bank().blocked() ? context.bank() : context.second();
        blocker.stalled().stall(HeldRequest.of(transaction));
    }

    private void fault(Transaction transaction, Fault fault) {
        if (fault.global()) {
            globalFaults.record(fault, transaction.streamId(), transaction);
            refuse(transaction, control.aborts(fault) ? ABORT : CompletionStatus.SUCCESS);
            return;
        }
        ContextBank bank = transaction.faultBank();
        record(transaction, fault, bank);
        if (fault.repairable() && bank.control(SystemControl.FAULT_STALLS)) {
            bank.stalled().stall(HeldRequest.of(transaction));
            bank.showStalled();
        } else {
            refuse(transaction, termination(bank));
        }
    }

    private void record(Transaction transaction, Fault fault, ContextBank bank) {
        boolean recorded =
                bank.fault(
                        fault,
                        transaction.wanted(),
                        transaction.address(),
                        transaction.intermediate());
        if (recorded) {
            attributes.faultStream(bank.number(), transaction.streamId());
            around.trace()
                    .tell(
                            Kind.FAULT_RECORDED,
                            around.lane(),
                            fault.code(),
                            transaction.requesterId(),
                            transaction.address());
        }
    }

    private static void refuse(Transaction transaction, CompletionStatus status) {
        transaction.reply().refused(transaction.token(), status);
    }
}
