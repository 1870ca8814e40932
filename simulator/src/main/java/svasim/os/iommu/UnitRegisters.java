package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;

/** The registers of one IOMMU, as a core reaches them. */
public final class UnitRegisters {
    private static final int UPPER_HALF = 4;

    private final long base;

    /**
     * @param base physical address of the first register
     */
    public UnitRegisters(long base) {
        this.base = base;
    }

    public int read32(Cpu cpu, int offset) {
        return (int) cpu.readMmio(base + offset, Integer.BYTES);
    }

    public long read64(Cpu cpu, int offset) {
        return cpu.readMmio(base + offset, Long.BYTES);
    }

    public void write32(Cpu cpu, int offset, int value) {
        cpu.writeMmio(base + offset, Integer.BYTES, value);
    }

    public void write64(Cpu cpu, int offset, long value) {
        cpu.writeMmio(base + offset, Long.BYTES, value);
    }

    /**
     * Programs the message of an event into its registers, each of 32 bits.
     *
     * @param address offset of the lower half of the address; the upper half follows
     * @param data offset of the data
     */
    public void writeMessage(Cpu cpu, int address, int data, Interrupts.Message message) {
        write32(cpu, data, message.data());
        write32(cpu, address, (int) message.address());
        write32(cpu, address + UPPER_HALF, (int) (message.address() >>> Integer.SIZE));
    }
}
