package svasim.os.iommu.vtd;

import java.util.function.IntPredicate;
import svasim.cpu.Cpu;
import svasim.iommu.vtd.ErrorRecord;
import svasim.iommu.vtd.FaultCondition;
import svasim.iommu.vtd.RegisterOffset;
import svasim.os.iommu.UnitRegisters;

/** Errors that stop the unit's invalidation queue, as the driver finds them (qi_check_fault). */
final class QueueErrors {
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
        int status = registers.read32(cpu, RegisterOffset.FSTS);
        if (FaultCondition.ICE.isIn(status)) {
            registers.write32(cpu, RegisterOffset.FSTS, FaultCondition.ICE.bit());
        }
        if (FaultCondition.IQE.isIn(status)) {
            return Found.BAD_DESCRIPTOR;
        }
        if (!FaultCondition.ITE.isIn(status)) {
            return Found.NOTHING;
        }
        long record = registers.read64(cpu, RegisterOffset.IQERCD);
        int source = new ErrorRecord(record).timedOutDevice();
        return source == 0 || known.test(source) ? Found.TIMEOUT : Found.DEVICE_GONE;
    }

    /** Lets the queue go on, whatever stopped it. */
    void acknowledge(Cpu cpu) {
        registers.write32(
                cpu, RegisterOffset.FSTS, FaultCondition.IQE.bit() | FaultCondition.ITE.bit());
    }
}
