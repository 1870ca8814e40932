package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.Gerror;
import svasim.iommu.smmuv3.RegisterOffset;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.iommu.UnitRegisters;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * arm_smmu_gerror_handler: acknowledges global errors. After an error of the command queue the unit
 * goes on with the same command: a synchronisation that met the time-out of an ATC invalidation is
 * repeated until the device answers or is gone.
 */
final class ErrorThread {
    private static final String WAIT = "wait for interrupt";

    private static final Procedure<ErrorThread> THREAD =
            Procedure.<ErrorThread>named("arm_smmu_gerror_handler")
                    .sleeping(WAIT, 100_000, ErrorThread::awaitInterrupt)
                    .sleeping("acknowledge errors", 200_000, ErrorThread::acknowledge)
                    .build();

    private final Unit unit;
    private final UnitRegisters registers;
    private final ThreadedInterrupt interrupt;

    private ErrorThread(Unit unit, ThreadedInterrupt interrupt) {
        this.unit = unit;
        this.registers = unit.registers();
        this.interrupt = interrupt;
    }

    static Call<?> call(Unit unit, ThreadedInterrupt interrupt) {
        return new Call<>(THREAD, new ErrorThread(unit, interrupt));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return interrupt.await();
    }

    private Next acknowledge(Cpu cpu) {
        int errors = registers.read32(cpu, RegisterOffset.GERROR);
        int active = errors ^ registers.read32(cpu, RegisterOffset.GERRORN);
        if ((active & Gerror.CMDQ_ERR) != 0) {
            unit.commands().skipError(cpu);
        }
        registers.write32(cpu, RegisterOffset.GERRORN, errors);
        return Next.jump(WAIT);
    }
}
