package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
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
        int recorded = unit.space().readGlobal(cpu, Registers.SGFSR);
        unit.space().writeGlobal(cpu, Registers.SGFSR, recorded);
        return Next.ON;
    }

    private Next resetStreams(Cpu cpu) {
        unit.streams().reset(cpu);
        return Next.ON;
    }

    private Next disableBanks(Cpu cpu) {
        for (int bank = 0; bank < unit.capabilities().contextBanks(); bank++) {
            unit.space().writeBank(cpu, bank, Registers.SCTLR, 0);
            unit.space().writeBank(cpu, bank, Registers.FSR, Registers.FSR_FAULTS);
        }
        return Next.ON;
    }

    private Next flushTlb(Cpu cpu) {
        unit.space().writeGlobal(cpu, Registers.TLBIALLH, 0);
        unit.space().writeGlobal(cpu, Registers.TLBIALLNSNH, 0);
        return Next.call(Synchronisation.global(unit));
    }

    private Next enable(Cpu cpu) {
        int extended = unit.capabilities().extendedStreams() ? Registers.SCR0_EXIDENABLE : 0;
        int wideVmid = unit.capabilities().wideVmid() ? Registers.SCR0_VMID16EN : 0;
        int value =
                Registers.SCR0_FAULTS
                        | Registers.SCR0_UNMATCHED_FAULT
                        | Registers.SCR0_PRIVATE_TLB
                        | extended
                        | wideVmid;
        unit.space().writeGlobal(cpu, Registers.SCR0, value);
        return Next.DONE;
    }
}
