package svasim.iommu.amdvi;

import java.util.function.BooleanSupplier;
import svasim.iommu.core.RegisterBlock;

/**
 * The status register (1.4). A bit that is set while it was 0 sends its interrupt, if that is
 * enabled.
 */
final class Status implements RegisterBlock {

    private final Interrupts interrupts;
    private BooleanSupplier eventLog;
    private BooleanSupplier commands;
    private BooleanSupplier pprLog;
    private long conditions;

    Status(Interrupts interrupts) {
        this.interrupts = interrupts;
    }

    /** Takes the sources of the run bits. */
    void connect(
            BooleanSupplier eventLogRuns, BooleanSupplier commandsRun, BooleanSupplier pprLogRuns) {
        eventLog = eventLogRuns;
        commands = commandsRun;
        pprLog = pprLogRuns;
    }

    @Override
    public boolean has(int offset) {
        return (offset & -Long.BYTES) == RegisterOffset.STATUS;
    }

    @Override
    public int read(int offset) {
        return offset == RegisterOffset.STATUS ? (int) value() : 0;
    }

    @Override
    public void write(int offset, int value) {
        if (offset == RegisterOffset.STATUS) {
            conditions &= ~Integer.toUnsignedLong(value);
        }
    }

    boolean isSet(StatusBit bit) {
        return (conditions & bit.mask()) != 0;
    }

    /** Sets a condition; true if it was not set before. */
    boolean set(StatusBit bit) {
        boolean fresh = !isSet(bit);
        conditions |= bit.mask();
        return fresh;
    }

    /** Sets a condition with its interrupt. */
    void raise(StatusBit bit, Interrupts.Cause cause) {
        if (set(bit)) {
            interrupts.raise(cause);
        }
    }

    private long value() {
        return conditions
                | (eventLog.getAsBoolean() ? StatusBit.EVENT_LOG_RUN.mask() : 0)
                | (commands.getAsBoolean() ? StatusBit.CMD_BUF_RUN.mask() : 0)
                | (pprLog.getAsBoolean() ? StatusBit.PPR_LOG_RUN.mask() : 0);
    }
}
