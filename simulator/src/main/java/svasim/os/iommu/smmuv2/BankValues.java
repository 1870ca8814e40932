package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
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
    private static final int VA64 = 1;
    private static final int STAGE_1 = 1 << 16;

    /** Memory attributes of the bank do not restrict those of the tables. */
    private static final int STAGE_1_MEMORY = 3 << 8 | 0xF << 12;

    private static final int INTERRUPT_SHIFT = 24;
    private static final int WIDE_ASID = 1 << 4;

    /** SEP: the sign is the highest bit from upstream. */
    private static final int SIGN_UPSTREAM = 7 << 15;

    /** Walks are write-back, inner shareable. */
    private static final int WALKS_CACHEABLE = 1 << 8 | 1 << 10 | 3 << 12;

    private static final int NO_TTBR0 = 1 << 7;
    private static final int NO_TTBR1 = 1 << 23;
    private static final int SL0_SHIFT = 6;
    private static final int SL0_LEVEL_1 = 1;
    private static final int OUTPUT_SIZE_SHIFT = 16;
    private static final int ASID_SHIFT = 48;

    /** Attribute 0: normal memory, write-back. */
    private static final int MEMORY_ATTRIBUTES = 0xFF;

    /** M, TRE, AFE: translation, attributes by index, access flags. */
    private static final int TRANSLATE = 1 | 1 << 1 | 1 << 2;

    /** CFRE: faults abort. */
    private static final int ABORT = 1 << 5;

    /** CFIE: faults interrupt. */
    private static final int INTERRUPT = 1 << 6;

    /** CFCFG and HUPCF: faults stall, and nothing else waits for them. */
    private static final int STALL = 1 << 7 | 1 << 8;

    /** ASIDPNE: the ASID is the unit's own, not that of the cores. */
    private static final int PRIVATE_ASID = 1 << 12;

    /** Tables of 4 KiB for the lower half of 48 bits; the ASID is the number of the bank. */
    static BankValues stage1(ContextBank bank, long root, int outputSizeCode, boolean stalls) {
        return new BankValues(
                STAGE_1 | STAGE_1_MEMORY | bank.interrupt() << INTERRUPT_SHIFT,
                outputSizeCode | WIDE_ASID | SIGN_UPSTREAM,
                Long.SIZE - ProcessStage.INPUT_BITS | WALKS_CACHEABLE | NO_TTBR1,
                root | (long) bank.asid() << ASID_SHIFT,
                TRANSLATE | ABORT | INTERRUPT | PRIVATE_ASID | (stalls ? STALL : 0));
    }

    /** Tables of 4 KiB from level 1 on. */
    static BankValues stage2(ContextBank bank, long root, int outputSizeCode) {
        return new BankValues(
                bank.vmid() | bank.interrupt() << INTERRUPT_SHIFT,
                0,
                Long.SIZE - ArmTables.STAGE_2_BITS
                        | SL0_LEVEL_1 << SL0_SHIFT
                        | WALKS_CACHEABLE
                        | outputSizeCode << OUTPUT_SIZE_SHIFT,
                root,
                TRANSLATE | ABORT | INTERRUPT);
    }

    /** Nothing is walked: accesses abort, and no interrupt tells of them. */
    BankValues quiet() {
        return new BankValues(
                attributes, size, control | NO_TTBR0, root, system & ~(STALL | INTERRUPT));
    }

    /** arm_smmu_write_context_bank: translation is switched on last. */
    void write(Cpu cpu, RegisterSpace registers, ContextBank bank) {
        int number = bank.number();
        registers.writeAttribute(cpu, Registers.CBA2R, number, VA64 | bank.vmid() << 16);
        registers.writeAttribute(cpu, Registers.CBAR, number, attributes);
        registers.writeBank(cpu, number, Registers.TCR2, size);
        registers.writeBank(cpu, number, Registers.TCR, control);
        registers.writeBankWide(cpu, number, Registers.TTBR0, root);
        registers.writeBankWide(cpu, number, Registers.TTBR1, 0);
        registers.writeBank(cpu, number, Registers.MAIR0, MEMORY_ATTRIBUTES);
        registers.writeBank(cpu, number, Registers.SCTLR, system);
    }

    /** Makes a bank in use quiet: first no fault waits any more, then nothing is walked. */
    void writeControls(Cpu cpu, RegisterSpace registers, ContextBank bank) {
        registers.writeBank(cpu, bank.number(), Registers.SCTLR, system);
        registers.writeBank(cpu, bank.number(), Registers.TCR, control);
    }
}
