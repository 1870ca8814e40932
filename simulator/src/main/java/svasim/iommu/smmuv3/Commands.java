package svasim.iommu.smmuv3;

import svasim.iommu.core.PageGroupResponses;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** Carries out legal commands (4.2 to 4.7). */
final class Commands {
    /** What became of a command. */
    enum Outcome {
        DONE,
        /** Something else has to happen first. */
        WAITS,
        /** A synchronisation after an ATC invalidation that was never completed. */
        TIMED_OUT
    }

    private static final int BY_INTERRUPT = 1;

    private final Control control;
    private final Maintenance maintenance;
    private final AtcInvalidations atc;
    private final StalledTransactions stalled;
    private final Interrupts interrupts;
    private final PageGroupResponses responses;
    private final Surroundings around;

    Commands(
            Control control,
            Maintenance maintenance,
            AtcInvalidations atc,
            StalledTransactions stalled,
            Interrupts interrupts,
            PageGroupResponses responses,
            Surroundings around) {
        this.control = control;
        this.maintenance = maintenance;
        this.atc = atc;
        this.stalled = stalled;
        this.interrupts = interrupts;
        this.responses = responses;
        this.around = around;
    }

    Outcome execute(Opcode opcode, Command command) {
        switch (opcode) {
            case ATC_INV -> {
                return invalidateAtc(command);
            }
            case SYNC -> {
                return synchronise(command);
            }
            case PREFETCH_CONFIG, PREFETCH_ADDR -> {}
            case PRI_RESP -> respond(command);
            case RESUME -> stalled.resume(command);
            case STALL_TERM -> stalled.terminate(command.streamId());
            default -> maintenance.execute(opcode, command);
        }
        return Outcome.DONE;
    }

    /** Ignored while translation is off. */
    private Outcome invalidateAtc(Command command) {
        boolean sent = !control.enabled() || atc.send(command);
        return sent ? Outcome.DONE : Outcome.WAITS;
    }

    private void respond(Command command) {
        if (!control.enabled()) {
            return;
        }
        int code =
                switch (command.response()) {
                    case Command.SUCCESS -> Tlp.PageGroupResponse.SUCCESS;
                    case Command.INVALID_REQUEST -> Tlp.PageGroupResponse.INVALID_REQUEST;
                    default -> Tlp.PageGroupResponse.RESPONSE_FAILURE;
                };
        PasidPrefix prefix =
                command.substreamValid() ? new PasidPrefix(command.substreamId()) : null;
        responses.send(command.streamId(), command.prgIndex(), code, prefix);
    }

    /** CMD_SYNC (4.7.3). */
    private Outcome synchronise(Command command) {
        if (atc.outstanding() || !maintenance.finished()) {
            return Outcome.WAITS;
        }
        if (atc.takeTimeout()) {
            return Outcome.TIMED_OUT;
        }
        if (command.completionSignal() == BY_INTERRUPT) {
            interrupts.synchronised(command.msiAddress(), command.msiData());
        }
        around.trace()
                .tell(
                        Kind.WAIT_COMPLETED,
                        around.lane(),
                        command.msiAddress(),
                        command.msiData(),
                        0);
        return Outcome.DONE;
    }
}
