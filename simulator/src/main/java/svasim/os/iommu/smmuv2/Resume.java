package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.iommu.smmuv2.BankRegister;
import svasim.iommu.smmuv2.FaultSyndrome;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Lets the stalled transaction of a bank go on or end. The fault is cleared before, so that the
 * next one is recorded.
 */
final class Resume {
    private static final Procedure<Resume> RESUME =
            Procedure.<Resume>named("arm_smmu_resume_translation")
                    .step("clear FSR", 20_000, Resume::clear)
                    .step("write RESUME", 20_000, Resume::resume)
                    .build();

    private final Unit unit;
    private final ContextBank bank;
    private final int how;

    private Resume(Unit unit, ContextBank bank, int how) {
        this.unit = unit;
        this.bank = bank;
        this.how = how;
    }

    /** Has the transaction tried again after a success, else terminates it. */
    static Call<?> answer(Unit unit, ContextBank bank, PageResponse response) {
        boolean again = response == PageResponse.SUCCESS;
        int how = again ? BankRegister.RETRY : BankRegister.TERMINATE;
        return new Call<>(RESUME, new Resume(unit, bank, how));
    }

    static Call<?> terminate(Unit unit, ContextBank bank) {
        return new Call<>(RESUME, new Resume(unit, bank, BankRegister.TERMINATE));
    }

    private Next clear(Cpu cpu) {
        unit.space()
                .writeBank(
                        cpu,
                        bank.number(),
                        BankRegister.FSR,
                        FaultSyndrome.MULTI | FaultSyndrome.FAULTS);
        return Next.ON;
    }

    private Next resume(Cpu cpu) {
        bank.reported(false);
        unit.space().writeBank(cpu, bank.number(), BankRegister.RESUME, how);
        return Next.DONE;
    }
}
