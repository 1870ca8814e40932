package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.os.iommu.UnitRegisters;

/** The unit's registers, by the names of the specification (VT-d 11.4), as a core reaches them. */
final class Registers {
    static final int CAP = 0x08;
    static final int ECAP = 0x10;
    static final int GCMD = 0x18;
    static final int GSTS = 0x1C;
    static final int RTADDR = 0x20;
    static final int FSTS = 0x34;
    static final int FECTL = 0x38;
    static final int IQH = 0x80;
    static final int IQT = 0x88;
    static final int IQA = 0x90;
    static final int IQERCD = 0xB0;
    static final int PQH = 0xC0;
    static final int PQT = 0xC8;
    static final int PQA = 0xD0;
    static final int PRS = 0xDC;
    static final int PECTL = 0xE0;

    static final int TRANSLATION = 1 << 31;
    static final int SET_ROOT = 1 << 30;
    static final int QUEUED_INVALIDATION = 1 << 26;

    static final int PENDING_PAGE_REQUEST = 1;
    static final int PAGE_REQUEST_OVERFLOW = 1 << 1;

    /** Commands that stay in force, and are repeated with each further one. */
    private static final int PERSISTENT = TRANSLATION | QUEUED_INVALIDATION;

    private static final int MESSAGE_DATA = 4;
    private static final int MESSAGE_ADDRESS = 8;

    private Registers() {}

    /** Gives one command and leaves the others as they are. */
    static void command(UnitRegisters registers, Cpu cpu, int command) {
        registers.write32(cpu, GCMD, registers.read32(cpu, GSTS) & PERSISTENT | command);
    }

    /** Whether a command has taken effect. */
    static boolean isDone(UnitRegisters registers, Cpu cpu, int command) {
        return (registers.read32(cpu, GSTS) & command) != 0;
    }

    /** Programs the message of an event and lets it through. */
    static void enableEvent(
            UnitRegisters registers, Cpu cpu, int control, Interrupts.Message message) {
        registers.writeMessage(cpu, control + MESSAGE_ADDRESS, control + MESSAGE_DATA, message);
        registers.write32(cpu, control, 0);
    }
}
