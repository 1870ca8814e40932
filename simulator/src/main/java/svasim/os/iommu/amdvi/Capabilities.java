package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.os.iommu.UnitRegisters;

/** What the unit can do, as read from its extended feature register (AMD-Vi reference, 1.3). */
record Capabilities(long features) {
    static Capabilities read(UnitRegisters registers, Cpu cpu) {
        return new Capabilities(registers.read64(cpu, Registers.EXTENDED_FEATURES));
    }

    boolean pageRequests() {
        return bit(1);
    }

    boolean guestTranslation() {
        return bit(4);
    }

    boolean invalidateAll() {
        return bit(6);
    }

    /** Levels of GCR3 tables. */
    int guestRootLevels() {
        return field(14, 2) + 1;
    }

    int pasidBits() {
        return field(32, 5) + 1;
    }

    /** Whether requests without PASID can use guest tables. */
    boolean guestTablesWithoutPasid() {
        return bit(48);
    }

    private boolean bit(int position) {
        return (features >>> position & 1) != 0;
    }

    private int field(int shift, int width) {
        return (int) (features >>> shift) & (1 << width) - 1;
    }
}
