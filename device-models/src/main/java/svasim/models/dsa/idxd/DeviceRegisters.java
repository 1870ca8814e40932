package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;

/** The driver's accesses to BAR0. */
final class DeviceRegisters {
    private final long base;
    private long groupOffset;
    private long queueOffset;

    /**
     * @param base physical address of BAR0
     */
    DeviceRegisters(long base) {
        this.base = base;
    }

    long read(Cpu cpu, int offset) {
        return cpu.readMmio(base + offset, Long.BYTES);
    }

    void write(Cpu cpu, int offset, long value) {
        cpu.writeMmio(base + offset, Long.BYTES, value);
    }

    void command(Cpu cpu, Command command, int operand) {
        int value = (int) Register.command(command, operand, true);
        cpu.writeMmio(base + Register.CMD, Integer.BYTES, value);
    }

    /** Learns where the device has its tables. */
    void readOffsets(Cpu cpu) {
        long offsets = read(cpu, Register.OFFSETS);
        int mask = (1 << Register.OFFSETS_FIELD_BITS) - 1;
        groupOffset = (offsets & mask) * Register.OFFSETS_UNIT;
        queueOffset = (offsets >>> Register.OFFSETS_FIELD_BITS & mask) * Register.OFFSETS_UNIT;
    }

    /** Tells a group its members and limits. */
    void writeGroup(Cpu cpu, int group, Grpcfg config) {
        int at = (int) groupOffset + group * Grpcfg.BYTES;
        write(cpu, at, config.quadword(0));
        write(cpu, at + Grpcfg.ENGINES_OFFSET, config.quadword(Grpcfg.ENGINES_OFFSET));
        write(cpu, at + Grpcfg.FLAGS_OFFSET, config.quadword(Grpcfg.FLAGS_OFFSET));
    }

    void writeQueue(Cpu cpu, int queue, Wqcfg config) {
        long at = base + queueOffset + (long) queue * Wqcfg.BYTES;
        for (int offset = 0; offset < Wqcfg.STATE_OFFSET; offset += Integer.BYTES) {
            cpu.writeMmio(at + offset, Integer.BYTES, config.dword(offset));
        }
    }

    void writeVector(Cpu cpu, long address, int data) {
        write(cpu, Register.MSIX_TABLE, address);
        write(cpu, Register.MSIX_TABLE + Long.BYTES, data & 0xffff_ffffL);
    }
}
