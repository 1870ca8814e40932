package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.BankRegister;
import svasim.iommu.smmuv2.FaultSyndrome;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.iommu.smmuv2.Scr0;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** arm_smmu_device_reset: every stream faults, every bank is off, the TLB is empty; then on. */
final class Reset {
    private static final long STEP_PS = 100_000;

    private static final Procedure<Reset> RESET =
            Procedure.<Reset>named("arm_smmu_device_reset")
                    .sleeping("read ID registers", STEP_PS, Reset::discover)
                    .sleeping("request interrupts", 500_000, Reset::requestInterrupts)
                    .sleeping("clear sGFSR", STEP_PS, Reset::clearGlobalFaults)
                    .sleeping("reset stream mapping", STEP_PS, Reset::resetStreams)
                    .sleeping("disable context banks", STEP_PS, Reset::disableBanks)
                    .sleeping("invalidate TLB", STEP_PS, Reset::flushTlb)
                    .sleeping("write sCR0", STEP_PS, Reset::enable)
                    .build();

    /** Global faults abort and interrupt. */
    private static final int FAULTS = Scr0.GFRE | Scr0.GFIE | Scr0.GCFGFRE | Scr0.GCFGFIE;

    /** Broadcast TLB maintenance is ignored. */
    private static final int PRIVATE_TLB = Scr0.VMIDPNE | Scr0.PTM;

    private final Unit unit;

    private Reset(Unit unit) {
        this.unit = unit;
    }

    static Call<?> call(Unit unit) {
        return new Call<>(RESET, new Reset(unit));
    }

    private Next discover(Cpu cpu) {
        unit.discover(cpu);
        return Next.ON;
    }

    private Next requestInterrupts(Cpu cpu) {
        unit.interrupts().listen(cpu);
        return Next.ON;
    }

    private Next clearGlobalFaults(Cpu cpu) {
        int recorded = unit.space().readGlobal(cpu, GlobalRegister.SGFSR);
        unit.space().writeGlobal(cpu, GlobalRegister.SGFSR, recorded);
        return Next.ON;
    }

    private Next resetStreams(Cpu cpu) {
        unit.streams().reset(cpu);
        return Next.ON;
    }

    private Next disableBanks(Cpu cpu) {
        for (int bank = 0; bank < unit.features().contextBanks(); bank++) {
            unit.space().writeBank(cpu, bank, BankRegister.SCTLR, 0);
            unit.space()
                    .writeBank(
                            cpu,
                            bank,
                            BankRegister.FSR,
                            FaultSyndrome.MULTI | FaultSyndrome.FAULTS);
        }
        return Next.ON;
    }

    private Next flushTlb(Cpu cpu) {
        unit.space().writeGlobal(cpu, GlobalRegister.TLBIALLH, 0);
        unit.space().writeGlobal(cpu, GlobalRegister.TLBIALLNSNH, 0);
        return Next.call(Synchronisation.global(unit));
    }

    private Next enable(Cpu cpu) {
        int extended = unit.features().extendedStreams() ? Scr0.EXIDENABLE : 0;
        int wideVmid = unit.features().vmid16() ? Scr0.VMID16EN : 0;
        int value = FAULTS | Scr0.USFCFG | PRIVATE_TLB | extended | wideVmid;
        unit.space().writeGlobal(cpu, GlobalRegister.SCR0, value);
        return Next.DONE;
    }
}
