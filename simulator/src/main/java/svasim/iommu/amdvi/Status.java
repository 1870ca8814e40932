package svasim.iommu.amdvi;

import java.util.function.BooleanSupplier;
import svasim.iommu.core.Bits;
import svasim.iommu.core.RegisterBlock;

/**
 * The status register (1.4). A bit that is set while it was 0 sends its interrupt, if that is
 * enabled.
 */
final class Status implements RegisterBlock {
    static final int EVENT_OVERFLOW = 0;
    static final int EVENT_LOG_INT = 1;
    static final int COM_WAIT_INT = 2;
    static final int CMD_BUF_RUN = 4;
    static final int PPR_OVERFLOW = 5;
    static final int PPR_INT = 6;
    static final int PPR_OVERFLOW_EARLY = 18;

    private static final int EVENT_LOG_RUN = 3;
    private static final int PPR_LOG_RUN = 7;

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

    boolean isSet(int bit) {
        return Bits.bit(conditions, bit);
    }

    /** Sets a condition; true if it was not set before. */
    boolean set(int bit) {
        boolean fresh = !isSet(bit);
        conditions |= 1L << bit;
        return fresh;
    }

    /** Sets a condition with its interrupt. */
    void raise(int bit, Interrupts.Cause cause) {
        if (set(bit)) {
            interrupts.raise(cause);
        }
    }

    private long value() {
        return conditions
                | Bits.flag(eventLog.getAsBoolean(), EVENT_LOG_RUN)
                | Bits.flag(commands.getAsBoolean(), CMD_BUF_RUN)
                | Bits.flag(pprLog.getAsBoolean(), PPR_LOG_RUN);
    }
}
