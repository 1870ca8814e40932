package svasim.iommu.vtd;

/** Bits of FSTS that software clears by writing 1 (VT-d 5.10, 11.4.6). */
public enum FaultCondition {
    /** A fault was lost. */
    PFO(0),
    /** A fault was lost that the log had no room for. */
    AFO(2),
    /** A record was written to the log. */
    APF(3),
    /** Invalidation queue error. */
    IQE(4),
    /** A device-TLB completion that nobody waits for. */
    ICE(5),
    /** A device-TLB completion that did not come. */
    ITE(6);

    private final int bit;

    FaultCondition(int position) {
        bit = 1 << position;
    }

    public int bit() {
        return bit;
    }

    /** Whether a value of FSTS has it. */
    public boolean isIn(int status) {
        return (status & bit) != 0;
    }
}
