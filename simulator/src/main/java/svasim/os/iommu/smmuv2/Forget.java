package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.BankRegister;
import svasim.iommu.smmuv2.FaultSyndrome;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * The end of a bond: the faults of the device are over, and with the last device of the process its
 * context bank is off and free. A transaction that is still stalled, because the device gave it up
 * and did not wait, is terminated before: with translation off it would pass unchanged.
 */
final class Forget {
    private static final Procedure<Forget> FORGET =
            Procedure.<Forget>named("arm_smmu_destroy_domain_context")
                    .sleeping("remove device from IOPF queue", 50_000, Forget::removeFaults)
                    .sleeping("terminate stalled transactions", 50_000, Forget::terminate)
                    .sleeping("disable context bank", 50_000, Forget::disable)
                    .sleeping("free context bank", 80_000, Forget::free)
                    .build();

    private final Unit unit;
    private final PasidEntry entry;
    private final SharedContext context;

    private Forget(Unit unit, PasidEntry entry) {
        this.unit = unit;
        this.entry = entry;
        this.context = unit.process(entry.space());
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return new Call<>(FORGET, new Forget(unit, entry));
    }

    private Next removeFaults(Cpu cpu) {
        unit.state(entry.device()).bound(null);
        return Next.call(unit.leaveFaults(entry));
    }

    private Next terminate(Cpu cpu) {
        if (!context.remove(entry)) {
            return Next.DONE;
        }
        ContextBank bank = context.bank();
        int status = unit.space().readBank(cpu, bank.number(), BankRegister.FSR);
        boolean stalled = (status & FaultSyndrome.STALLED) != 0;
        return stalled ? new Next.EnterAgain(Resume.terminate(unit, bank)) : Next.ON;
    }

    private Next disable(Cpu cpu) {
        unit.space().writeBank(cpu, context.bank().number(), BankRegister.SCTLR, 0);
        return Next.ON;
    }

    private Next free(Cpu cpu) {
        unit.remove(entry.space());
        unit.banks().free(context.bank());
        return Next.DONE;
    }
}
