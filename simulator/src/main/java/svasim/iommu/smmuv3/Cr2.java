package svasim.iommu.smmuv3;

/** Bits of CR2 (6.3.12). */
public final class Cr2 {
    public static final int E2H = 1;
    public static final int RECINVSID = 1 << 1;
    public static final int PTM = 1 << 2;
    public static final int REC_CFG_ATS = 1 << 3;

    private Cr2() {}

    /** Bits that software can set on a unit with these features. */
    static long writable(Features features) {
        long mask = RECINVSID;
        mask |= features.has(IdField.HYP) ? E2H : 0;
        mask |= features.has(IdField.BTM) ? PTM : 0;
        mask |= features.has(IdField.ATSRECERR) ? REC_CFG_ATS : 0;
        return mask;
    }
}
