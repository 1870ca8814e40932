package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.iommu.core.CapabilityRegisters;
import svasim.iommu.vtd.CapabilityFields;
import svasim.iommu.vtd.RegisterOffset;
import svasim.os.iommu.UnitRegisters;

/** What the unit can do, as read from CAP and ECAP (VT-d 11.4.2 and 11.4.3). */
record Capabilities(CapabilityRegisters registers) {
    private static final int PAGES_2M = 1;
    private static final int LEVELS_3 = 1 << 1;
    private static final int LEVELS_4 = 1 << 2;
    private static final int LEVELS_5 = 1 << 3;

    static Capabilities read(UnitRegisters registers, Cpu cpu) {
        return new Capabilities(
                CapabilityFields.of(
                        registers.read64(cpu, RegisterOffset.CAP),
                        registers.read64(cpu, RegisterOffset.ECAP)));
    }

    boolean queuedInvalidation() {
        return registers.has("ECAP.QI");
    }

    boolean deviceTlb() {
        return registers.has("ECAP.DT");
    }

    /** Whether requests can be let pass untranslated. */
    boolean passThrough() {
        return registers.has("ECAP.PT");
    }

    boolean pageRequests() {
        return registers.has("ECAP.PRS");
    }

    boolean pasid() {
        return registers.has("ECAP.PASID");
    }

    /** Whether there are virtual commands, as only an emulated unit has them. */
    boolean virtualCommands() {
        return registers.has("ECAP.VCS");
    }

    /** Bits of a PASID. */
    int pasidBits() {
        return registers.field("ECAP.PSS") + 1;
    }

    boolean scalableMode() {
        return registers.has("ECAP.SMTS");
    }

    boolean secondStage() {
        return registers.has("ECAP.SSTS");
    }

    boolean firstStage() {
        return registers.has("ECAP.FSTS");
    }

    /** Whether first-stage tables may lie over second-stage ones. */
    boolean nests() {
        return scalableMode() && firstStage() && secondStage() && registers.has("ECAP.NEST");
    }

    /** Bits of a domain-id. */
    int domainBits() {
        return 4 + 2 * registers.field("CAP.ND");
    }

    /** Whether walks of PASID and page tables may snoop the caches. */
    boolean walksSnoop() {
        return registers.has("ECAP.SMPWCS");
    }

    /** Levels of second-stage tables: 4 if the unit walks that many, else 3. */
    int secondStageLevels() {
        int sagaw = registers.field("CAP.SAGAW");
        return (sagaw & LEVELS_4) != 0 || (sagaw & LEVELS_3) == 0 ? 4 : 3;
    }

    /** Levels of the largest width, which an entry that lets pass has to name (AW, 9.3). */
    int mostLevels() {
        boolean five = (registers.field("CAP.SAGAW") & LEVELS_5) != 0;
        return five ? 5 : secondStageLevels();
    }

    /** Whether second-stage tables may have pages of 2 MiB (SSLPS). */
    boolean largeSecondStagePages() {
        return (registers.field("CAP.SSLPS") & PAGES_2M) != 0;
    }

    /** CM: entries that are not present may be cached, so that their change has to be told too. */
    boolean cachingMode() {
        return registers.has("CAP.CM");
    }

    /** Whether walks of every table look into the caches of the cores (ECAP.C, ECAP.SMPWCS). */
    boolean walksAreCoherent() {
        return scalableMode() ? walksSnoop() : registers.has("ECAP.C");
    }

    /** Largest order of a page-selective IOTLB invalidation. */
    int maxAddressMask() {
        return registers.field("CAP.MAMV");
    }
}
