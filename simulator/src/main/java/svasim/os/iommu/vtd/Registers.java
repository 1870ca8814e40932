package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.iommu.vtd.Command;
import svasim.iommu.vtd.RegisterOffset;
import svasim.os.iommu.UnitRegisters;

/** How a core gives commands to the unit and lets its events through (VT-d 11.4.4, 11.4.7). */
final class Registers {
    private static final int MESSAGE_DATA = 4;
    private static final int MESSAGE_ADDRESS = 8;

    private Registers() {}

    /** Gives one command and leaves the others as they are. */
    static void command(UnitRegisters registers, Cpu cpu, int command) {
        registers.write32(
                cpu,
                RegisterOffset.GCMD,
                registers.read32(cpu, RegisterOffset.GSTS) & Command.PERSISTENT | command);
    }

    /** Whether a command has taken effect. */
    static boolean isDone(UnitRegisters registers, Cpu cpu, int command) {
        return (registers.read32(cpu, RegisterOffset.GSTS) & command) != 0;
    }

    /** Programs the message of an event and lets it through. */
    static void enableEvent(
            UnitRegisters registers, Cpu cpu, int control, Interrupts.Message message) {
        registers.writeMessage(cpu, control + MESSAGE_ADDRESS, control + MESSAGE_DATA, message);
        registers.write32(cpu, control, 0);
    }
}
