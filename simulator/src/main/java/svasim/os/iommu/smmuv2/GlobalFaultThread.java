package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** arm_smmu_global_fault: takes note of faults that belong to no context bank. */
final class GlobalFaultThread {
    private static final String WAIT = "wait for interrupt";

    private static final Procedure<GlobalFaultThread> THREAD =
            Procedure.<GlobalFaultThread>named("arm_smmu_global_fault")
                    .sleeping(WAIT, 100_000, GlobalFaultThread::awaitInterrupt)
                    .sleeping("clear sGFSR", 100_000, GlobalFaultThread::clear)
                    .build();

    private final Unit unit;
    private final ThreadedInterrupt interrupt;

    private GlobalFaultThread(Unit unit, ThreadedInterrupt interrupt) {
        this.unit = unit;
        this.interrupt = interrupt;
    }

    static Call<?> call(Unit unit, ThreadedInterrupt interrupt) {
        return new Call<>(THREAD, new GlobalFaultThread(unit, interrupt));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return interrupt.await();
    }

    /** Until nothing is left: the wire falls only then. */
    private Next clear(Cpu cpu) {
        int recorded = unit.space().readGlobal(cpu, GlobalRegister.SGFSR);
        if (recorded == 0) {
            return Next.jump(WAIT);
        }
        unit.space().writeGlobal(cpu, GlobalRegister.SGFSR, recorded);
        return Next.AGAIN;
    }
}
