package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.BankAttributes;
import svasim.iommu.smmuv2.BankRegister;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.iommu.smmuv2.SystemControl;
import svasim.iommu.smmuv2.TranslationControl;
import svasim.os.iommu.ArmTables;
import svasim.os.mm.ProcessStage;

/**
 * What the driver writes into a context bank and its attributes (SMMUv2 reference, 2 and 3).
 *
 * @param attributes CBAR
 * @param size TCR2
 * @param control TCR
 * @param root TTBR0, with the ASID of stage 1
 * @param system SCTLR
 */
record BankValues(int attributes, int size, int control, long root, int system) {
    private static final int ASID_SHIFT = 48;

    /** Attribute 0: normal memory, write-back. */
    private static final int MEMORY_ATTRIBUTES = 0xFF;

    private static final int TRANSLATE =
            SystemControl.ENABLE | SystemControl.ATTRIBUTES_BY_INDEX | SystemControl.ACCESS_FLAGS;

    /** Faults abort and interrupt. */
    private static final int FAULTS = SystemControl.FAULT_ABORTS | SystemControl.FAULT_INTERRUPTS;

    /** Faults stall, and nothing else waits for them. */
    private static final int STALL = SystemControl.FAULT_STALLS | SystemControl.HIT_UNDER_FAULT;

    /** Tables of 4 KiB for the lower half of 48 bits; the ASID is the number of the bank. */
    static BankValues stage1(ContextBank bank, long root, int outputSizeCode, boolean stalls) {
        return new BankValues(
                BankAttributes.stage1(bank.interrupt()),
                TranslationControl.wide(outputSizeCode),
                TranslationControl.lowerHalf(ProcessStage.INPUT_BITS),
                root | (long) bank.asid() << ASID_SHIFT,
                TRANSLATE | FAULTS | SystemControl.PRIVATE_ASID | (stalls ? STALL : 0));
    }

    /** Tables of 4 KiB from level 1 on. */
    static BankValues stage2(ContextBank bank, long root, int outputSizeCode) {
        return new BankValues(
                BankAttributes.stage2(bank.vmid(), bank.interrupt()),
                0,
                TranslationControl.fromLevel1(ArmTables.STAGE_2_BITS, outputSizeCode),
                root,
                TRANSLATE | FAULTS);
    }

    /** Nothing is walked: accesses abort, and no interrupt tells of them. */
    BankValues quiet() {
        return new BankValues(
                attributes,
                size,
                TranslationControl.withoutWalks(control),
                root,
                system & ~(STALL | SystemControl.FAULT_INTERRUPTS));
    }

    /** arm_smmu_write_context_bank: translation is switched on last. */
    void write(Cpu cpu, RegisterSpace registers, ContextBank bank) {
        int number = bank.number();
        registers.writeAttribute(
                cpu, GlobalRegister.CBA2R, number, BankAttributes.wideTables(bank.vmid()));
        registers.writeAttribute(cpu, GlobalRegister.CBAR, number, attributes);
        registers.writeBank(cpu, number, BankRegister.TCR2, size);
        registers.writeBank(cpu, number, BankRegister.TCR, control);
        registers.writeBankWide(cpu, number, BankRegister.TTBR0, root);
        registers.writeBankWide(cpu, number, BankRegister.TTBR1, 0);
        registers.writeBank(cpu, number, BankRegister.MAIR0, MEMORY_ATTRIBUTES);
        registers.writeBank(cpu, number, BankRegister.SCTLR, system);
    }

    /** Makes a bank in use quiet: first no fault waits any more, then nothing is walked. */
    void writeControls(Cpu cpu, RegisterSpace registers, ContextBank bank) {
        registers.writeBank(cpu, bank.number(), BankRegister.SCTLR, system);
        registers.writeBank(cpu, bank.number(), BankRegister.TCR, control);
    }
}
