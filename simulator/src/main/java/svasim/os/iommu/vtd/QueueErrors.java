package svasim.os.iommu.vtd;

import java.util.function.IntPredicate;
import svasim.cpu.Cpu;
import svasim.os.iommu.UnitRegisters;

/** Errors that stop the unit's invalidation queue, as the driver finds them (qi_check_fault). */
final class QueueErrors {
    private static final int QUEUE_ERROR = 1 << 4;
    private static final int COMPLETION_ERROR = 1 << 5;
    private static final int TIMEOUT = 1 << 6;
    private static final int TIMEOUT_SOURCE_SHIFT = 32;
    private static final int SOURCE_MASK = 0xFFFF;

    private final UnitRegisters registers;
    private final IntPredicate known;

    /** What was found. */
    enum Found {
        NOTHING,
        /** A descriptor that the unit does not take stands at the head. */
        BAD_DESCRIPTOR,
        /** A device that is there has not answered. */
        TIMEOUT,
        /** A device that is gone has not answered, and never will. */
        DEVICE_GONE
    }

    /**
     * @param known whether a device has this requester ID
     */
    QueueErrors(UnitRegisters registers, IntPredicate known) {
        this.registers = registers;
        this.known = known;
    }

    Found look(Cpu cpu) {
        int status = registers.read32(cpu, Registers.FSTS);
        if ((status & COMPLETION_ERROR) != 0) {
            registers.write32(cpu, Registers.FSTS, COMPLETION_ERROR);
        }
        if ((status & QUEUE_ERROR) != 0) {
            return Found.BAD_DESCRIPTOR;
        }
        if ((status & TIMEOUT) == 0) {
            return Found.NOTHING;
        }
        long record = registers.read64(cpu, Registers.IQERCD);
        int source = (int) (record >>> TIMEOUT_SOURCE_SHIFT) & SOURCE_MASK;
        return source == 0 || known.test(source) ? Found.TIMEOUT : Found.DEVICE_GONE;
    }

    /** Lets the queue go on, whatever stopped it. */
    void acknowledge(Cpu cpu) {
        registers.write32(cpu, Registers.FSTS, QUEUE_ERROR | TIMEOUT);
    }
}
