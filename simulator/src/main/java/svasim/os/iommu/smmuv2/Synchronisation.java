package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.BankRegister;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Waits until nothing uses the translations that were invalidated before. */
final class Synchronisation {
    private static final int ACTIVE = 1;
    private static final long POLL_PS = 50_000;

    private static final Procedure<Synchronisation> CONTEXT =
            Procedure.<Synchronisation>named("arm_smmu_tlb_sync_context")
                    .step("write TLBSYNC", 10_000, Synchronisation::writeContext)
                    .step("poll TLBSTATUS", POLL_PS, Synchronisation::pollContext)
                    .build();

    private static final Procedure<Synchronisation> GLOBAL =
            Procedure.<Synchronisation>named("arm_smmu_tlb_sync_global")
                    .step("write sTLBGSYNC", 10_000, Synchronisation::writeGlobal)
                    .step("poll sTLBGSTATUS", POLL_PS, Synchronisation::pollGlobal)
                    .build();

    private final RegisterSpace registers;
    private final ContextBank bank;

    private Synchronisation(RegisterSpace registers, ContextBank bank) {
        this.registers = registers;
        this.bank = bank;
    }

    /** Of what was invalidated through a context bank. */
    static Call<?> context(Unit unit, ContextBank bank) {
        return new Call<>(CONTEXT, new Synchronisation(unit.space(), bank));
    }

    /** Of everything. */
    static Call<?> global(Unit unit) {
        return new Call<>(GLOBAL, new Synchronisation(unit.space(), null));
    }

    private Next writeContext(Cpu cpu) {
        registers.writeBank(cpu, bank.number(), BankRegister.TLBSYNC, 0);
        return Next.ON;
    }

    private Next pollContext(Cpu cpu) {
        return next(registers.readBank(cpu, bank.number(), BankRegister.TLBSTATUS));
    }

    private Next writeGlobal(Cpu cpu) {
        registers.writeGlobal(cpu, GlobalRegister.TLBGSYNC, 0);
        return Next.ON;
    }

    private Next pollGlobal(Cpu cpu) {
        return next(registers.readGlobal(cpu, GlobalRegister.TLBGSTATUS));
    }

    private static Next next(int status) {
        return (status & ACTIVE) == 0 ? Next.DONE : Next.AGAIN;
    }
}
