package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.os.iommu.UnitRegisters;

/** What the unit can do, as read from CAP and ECAP (VT-d 11.4.2 and 11.4.3). */
record Capabilities(long cap, long ecap) {
    private static final int LEVELS_3 = 1 << 1;
    private static final int LEVELS_4 = 1 << 2;

    static Capabilities read(UnitRegisters registers, Cpu cpu) {
        return new Capabilities(
                registers.read64(cpu, Registers.CAP), registers.read64(cpu, Registers.ECAP));
    }

    boolean queuedInvalidation() {
        return bit(ecap, 1);
    }

    boolean deviceTlb() {
        return bit(ecap, 2);
    }

    /** Whether requests can be let pass untranslated. */
    boolean passThrough() {
        return bit(ecap, 6);
    }

    boolean pageRequests() {
        return bit(ecap, 29);
    }

    boolean pasid() {
        return bit(ecap, 40);
    }

    /** Bits of a PASID. */
    int pasidBits() {
        return (int) (ecap >>> 35 & 0x1F) + 1;
    }

    boolean scalableMode() {
        return bit(ecap, 43);
    }

    boolean secondStage() {
        return bit(ecap, 46);
    }

    boolean firstStage() {
        return bit(ecap, 47);
    }

    /** Whether walks of PASID and page tables may snoop the caches (PWSNP). */
    boolean walksSnoop() {
        return bit(ecap, 48);
    }

    /** Levels of second-stage tables: 4 if the unit walks that many, else 3. */
    int secondStageLevels() {
        long sagaw = cap >>> 8 & 0x1F;
        return (sagaw & LEVELS_4) != 0 || (sagaw & LEVELS_3) == 0 ? 4 : 3;
    }

    /** Whether second-stage tables may have pages of 2 MiB (SSLPS). */
    boolean largeSecondStagePages() {
        return bit(cap, 34);
    }

    /** CM: entries that are not present may be cached, so that their change has to be told too. */
    boolean cachingMode() {
        return bit(cap, 7);
    }

    /** Whether walks of every table look into the caches of the cores (ECAP.C, ECAP.SMPWCS). */
    boolean walksAreCoherent() {
        return scalableMode() ? walksSnoop() : bit(ecap, 0);
    }

    /** Largest order of a page-selective IOTLB invalidation. */
    int maxAddressMask() {
        return (int) (cap >>> 48) & 0x3F;
    }

    private static boolean bit(long word, int position) {
        return (word >>> position & 1) != 0;
    }
}
