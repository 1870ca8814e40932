package svasim.iommu.smmuv3;

/**
 * Whether a stream table entry is ILLEGAL (5.2.2): then the transaction ends with C_BAD_STE. V and
 * Config 0xx are looked at before.
 */
final class StreamTableEntryCheck {
    private static final int MIN_TSZ = 16;
    private static final int MIN_TSZ_WIDE = 12;

    private final Features features;

    StreamTableEntryCheck(Features features) {
        this.features = features;
    }

    /** Checks everything that counts for the entry's Config. */
    boolean illegal(StreamTableEntry ste) {
        if (!ste.valid()) {
            return true;
        }
        if (ste.aborts()) {
            return false;
        }
        return eatsIllegal(ste)
                || ste.stage1() && stage1Illegal(ste)
                || ste.stage2() && stage2Illegal(ste)
                || usesVmid(ste) && ste.s2Vmid() > 0xFF && !features.has(IdField.VMID16);
    }

    private boolean eatsIllegal(StreamTableEntry ste) {
        if (!features.has(IdField.ATS) || ste.config() == StreamTableEntry.BYPASS) {
            return false;
        }
        return switch (ste.eats()) {
            case StreamTableEntry.ATS_SPLIT ->
                    ste.config() != StreamTableEntry.NESTED
                            || ste.s2Stall()
                            || features.has(IdField.NS1ATS);
            case StreamTableEntry.ATS_FULL, StreamTableEntry.ATS_DPT ->
                    ste.stage2() && ste.s2Stall();
            default -> false;
        };
    }

    private boolean usesVmid(StreamTableEntry ste) {
        boolean el1 = World.of(ste, features, false) == World.EL1;
        return features.has(IdField.S2P) && (ste.stage2() || ste.stage1() && el1);
    }

    private boolean stage1Illegal(StreamTableEntry ste) {
        return !features.has(IdField.S1P)
                || worldIllegal(ste)
                || ste.s1StallDisabled()
                        && features.get(IdField.STALL_MODEL) != Features.STALL_OR_TERMINATE
                || substreamsIllegal(ste)
                || !Legality.fits(ste.s1ContextPtr(), contextPointerBits(ste));
    }

    private boolean worldIllegal(StreamTableEntry ste) {
        return ste.config() == StreamTableEntry.STAGE_1
                && features.has(IdField.HYP)
                && (ste.strw() & 1) != 0;
    }

    private boolean substreamsIllegal(StreamTableEntry ste) {
        if (!features.has(IdField.SSIDSIZE) || ste.s1CdMax() == 0) {
            return false;
        }
        return ste.s1CdMax() > features.get(IdField.SSIDSIZE)
                || ste.s1Fmt() != 0 && !features.has(IdField.CD2L);
    }

    private int contextPointerBits(StreamTableEntry ste) {
        return ste.stage2() ? features.intermediateBits() : features.outputBits();
    }

    private boolean stage2Illegal(StreamTableEntry ste) {
        return !features.has(IdField.S2P)
                || !ste.s2Aa64()
                || stallIllegal(ste)
                || hardwareUpdateIllegal(ste)
                || !features.granule(ste.s2GranuleShift())
                || sizesIllegal(ste)
                || !Legality.endianness(ste.s2BigEndian(), features);
    }

    private boolean stallIllegal(StreamTableEntry ste) {
        return switch (features.get(IdField.STALL_MODEL)) {
            case Features.TERMINATE_ONLY -> ste.s2Stall();
            case Features.STALL_FORCED -> !ste.s2Stall();
            default -> false;
        };
    }

    private boolean hardwareUpdateIllegal(StreamTableEntry ste) {
        return ste.s2Ha() && !features.updatesAccess()
                || ste.s2Hd() && !features.updatesDirty()
                || ste.s2Haft() && !ste.s2Ha();
    }

    private boolean sizesIllegal(StreamTableEntry ste) {
        int granule = ste.s2GranuleShift();
        int outputBits = Legality.outputBits(ste.s2Ps(), granule, ste.s2Ds(), features);
        return !Legality.fits(ste.s2Ttb(), outputBits)
                || ste.s2T0Sz() < minimumTsz(ste)
                || ste.s2T0Sz() > Legality.maximumTsz(granule, features)
                || Stage2StartLevel.of(ste, features) == Stage2StartLevel.NONE;
    }

    private int minimumTsz(StreamTableEntry ste) {
        boolean wide = Legality.wideAddresses(ste.s2GranuleShift(), ste.s2Ds(), features);
        return Math.max(wide ? MIN_TSZ_WIDE : MIN_TSZ, Long.SIZE - features.intermediateBits());
    }
}
