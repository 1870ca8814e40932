package svasim.models.dsa.device;

import svasim.models.dsa.layout.Register;
import svasim.pcie.endpoint.Function;

/** GENCTRL, INTCAUSE and the MSI-X table: which events software wants to hear of, and how. */
final class Interrupts {
    private final Function function;
    private final MsixTable msix = new MsixTable();
    private long control;
    private long cause;

    Interrupts(Function function) {
        this.function = function;
    }

    MsixTable msix() {
        return msix;
    }

    long control() {
        return control;
    }

    void control(long value) {
        control = value;
    }

    long cause() {
        return cause;
    }

    /** Software writes ones. */
    void clear(long ones) {
        cause &= ~ones;
    }

    /** A command that wanted to be told of has ended. */
    void commandDone() {
        raise(Register.INTCAUSE_COMMAND);
    }

    /** Something was put into SWERR. */
    void errorReported() {
        raiseIf(Register.GENCTRL_ERROR_INTERRUPT, Register.INTCAUSE_ERROR);
    }

    /** The device has halted. */
    void halted() {
        raiseIf(Register.GENCTRL_HALT_INTERRUPT, Register.INTCAUSE_HALT);
    }

    /** Something was put into the event log. */
    void logged() {
        raiseIf(Register.GENCTRL_LOG_INTERRUPT, Register.INTCAUSE_LOG);
    }

    /** The message of an entry of the table, unless it is masked. */
    void signal(int entry) {
        if (!msix.isMasked(entry)) {
            function.interrupt(msix.address(entry), msix.data(entry));
        }
    }

    void reset() {
        control = 0;
        cause = 0;
        msix.reset();
    }

    private void raiseIf(long enable, long event) {
        if ((control & enable) != 0) {
            raise(event);
        }
    }

    private void raise(long event) {
        cause |= event;
        signal(0);
    }
}
