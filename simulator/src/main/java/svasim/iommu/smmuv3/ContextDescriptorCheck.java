package svasim.iommu.smmuv3;

/** Whether a context descriptor is ILLEGAL (5.4.1): then the transaction ends with C_BAD_CD. */
final class ContextDescriptorCheck {
    private static final int MIN_TSZ = 16;
    private static final int MIN_TSZ_WIDE = 12;

    private final Features features;

    ContextDescriptorCheck(Features features) {
        this.features = features;
    }

    /**
     * @param ste entry that leads to the context
     * @param world its stream world
     */
    boolean illegal(ContextDescriptor cd, StreamTableEntry ste, World world) {
        return !cd.valid()
                || faultModelIllegal(cd, ste)
                || !Legality.endianness(cd.bigEndian(), features)
                || !cd.aa64()
                || hardwareUpdateIllegal(cd)
                || cd.asid() > 0xFF && world.usesAsid() && !features.has(IdField.ASID16)
                || used(cd, 0, world) && halfIllegal(cd, 0)
                || used(cd, 1, world) && halfIllegal(cd, 1);
    }

    /** Whether requests can walk in this half; EPD is ignored where there is only one. */
    static boolean used(ContextDescriptor cd, int half, World world) {
        if (!world.hasHighHalf()) {
            return half == 0;
        }
        return !cd.walksDisabled(half);
    }

    private boolean faultModelIllegal(ContextDescriptor cd, StreamTableEntry ste) {
        return cd.stall() && (ste.s1StallDisabled() || !features.stalls())
                || !cd.stall() && features.stallsAlways()
                || !cd.abort() && features.has(IdField.TERM_MODEL);
    }

    private boolean hardwareUpdateIllegal(ContextDescriptor cd) {
        return cd.ha() && !features.updatesAccess()
                || cd.hd() && !features.updatesDirty()
                || cd.haft() && !cd.ha();
    }

    private boolean halfIllegal(ContextDescriptor cd, int half) {
        int granule = cd.granuleShift(half);
        int outputBits = Legality.outputBits(cd.ips(), granule, cd.ds(), features);
        return !features.granule(granule)
                || cd.tsz(half) < minimumTsz(granule, cd.ds())
                || cd.tsz(half) > Legality.maximumTsz(granule, features)
                || !Legality.fits(cd.ttb(half), outputBits);
    }

    private int minimumTsz(int granule, boolean ds) {
        boolean wide = features.has(IdField.VAX) && Legality.wideAddresses(granule, ds, features);
        return wide ? MIN_TSZ_WIDE : MIN_TSZ;
    }
}
