package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.Features;
import svasim.os.iommu.UnitRegisters;

/** The unit's registers by what they belong to: the unit, the attributes of a bank, a bank. */
final class RegisterSpace {
    private final UnitRegisters registers;
    private final int pageShift;
    private final int globalPages;

    RegisterSpace(UnitRegisters registers, Features has) {
        this.registers = registers;
        this.pageShift = has.pageShift();
        this.globalPages = has.halfPages();
    }

    int readGlobal(Cpu cpu, int offset) {
        return registers.read32(cpu, offset);
    }

    void writeGlobal(Cpu cpu, int offset, int value) {
        registers.write32(cpu, offset, value);
    }

    /** The n-th of equal registers. */
    void writeGlobal(Cpu cpu, int first, int index, int value) {
        registers.write32(cpu, first + index * Integer.BYTES, value);
    }

    int readAttribute(Cpu cpu, int first, int bank) {
        return registers.read32(cpu, attribute(first, bank));
    }

    void writeAttribute(Cpu cpu, int first, int bank, int value) {
        registers.write32(cpu, attribute(first, bank), value);
    }

    private int attribute(int first, int bank) {
        return (1 << pageShift) + first + bank * Integer.BYTES;
    }

    int readBank(Cpu cpu, int bank, int offset) {
        return registers.read32(cpu, bank(bank) + offset);
    }

    long readBankWide(Cpu cpu, int bank, int offset) {
        return registers.read64(cpu, bank(bank) + offset);
    }

    void writeBank(Cpu cpu, int bank, int offset, int value) {
        registers.write32(cpu, bank(bank) + offset, value);
    }

    void writeBankWide(Cpu cpu, int bank, int offset, long value) {
        registers.write64(cpu, bank(bank) + offset, value);
    }

    private int bank(int number) {
        return globalPages + number << pageShift;
    }
}
