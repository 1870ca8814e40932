package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.RegisterOffset;
import svasim.os.iommu.UnitRegisters;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** arm_smmu_write_reg_sync: the unit acknowledges a register in another one. */
final class WriteAndWait {
    private static final long POLL_PS = 100_000;

    private static final Procedure<WriteAndWait> WRITE =
            Procedure.<WriteAndWait>named("arm_smmu_write_reg_sync")
                    .sleeping("write", POLL_PS, WriteAndWait::write)
                    .step("wait for acknowledgement", POLL_PS, WriteAndWait::poll)
                    .build();

    private final UnitRegisters registers;
    private final int register;
    private final int acknowledgement;
    private final int value;

    private WriteAndWait(UnitRegisters registers, int register, int acknowledgement, int value) {
        this.registers = registers;
        this.register = register;
        this.acknowledgement = acknowledgement;
        this.value = value;
    }

    static Call<?> control(UnitRegisters registers, int value) {
        return new Call<>(
                WRITE,
                new WriteAndWait(registers, RegisterOffset.CR0, RegisterOffset.CR0ACK, value));
    }

    static Call<?> interrupts(UnitRegisters registers, int value) {
        return new Call<>(
                WRITE,
                new WriteAndWait(
                        registers, RegisterOffset.IRQ_CTRL, RegisterOffset.IRQ_CTRLACK, value));
    }

    private Next write(Cpu cpu) {
        registers.write32(cpu, register, value);
        return Next.ON;
    }

    private Next poll(Cpu cpu) {
        return registers.read32(cpu, acknowledgement) == value ? Next.DONE : Next.AGAIN;
    }
}
