package svasim.iommu.smmuv3;

/** Level at which a stage 2 walk starts, from S2SL0 (Arm architecture manual, D8.2). */
final class Stage2StartLevel {
    /** S2SL0 is reserved, or does not go with S2T0SZ. */
    static final int NONE = -2;

    private static final int LEVELS = 4;
    private static final int SL0_WIDE = 0b100;
    private static final int SHIFT_4K = 12;
    private static final int SHIFT_16K = 14;

    /** Up to 16 tables are joined at the first level: 4 more bits than one table resolves. */
    private static final int CONCATENATED_BITS = 4;

    private Stage2StartLevel() {}

    /** Start level of the entry's tables, -1 to 3, or {@link #NONE}. */
    static int of(StreamTableEntry ste, Features features) {
        int granule = ste.s2GranuleShift();
        int level = coded(granule, ste.s2Sl0());
        if (level == NONE || !offered(granule, level, ste.s2Ds(), features)) {
            return NONE;
        }
        int inputBits = Long.SIZE - ste.s2T0Sz();
        int belowBits = granule + (LEVELS - 1 - level) * bitsPerLevel(granule);
        boolean fits =
                inputBits > belowBits
                        && inputBits <= belowBits + bitsPerLevel(granule) + CONCATENATED_BITS;
        return fits ? level : NONE;
    }

    /** Levels that are not there without an extension. */
    private static boolean offered(int granule, int level, boolean ds, Features features) {
        if (granule == SHIFT_4K && level == LEVELS - 1) {
            return features.has(IdField.STT);
        }
        boolean wideOnly = granule == SHIFT_16K && level == 0 || level < 0;
        return !wideOnly || ds && features.has(IdField.DS);
    }

    /** What S2SL0 means with a granule, -1 to 3, or {@link #NONE}. */
    static int coded(int granule, int sl0) {
        if (granule == SHIFT_4K) {
            return switch (sl0) {
                case 0, 1, 2 -> 2 - sl0;
                case 3 -> 3;
                case SL0_WIDE -> -1;
                default -> NONE;
            };
        }
        int lowest = granule == SHIFT_16K ? 0 : 1;
        int level = LEVELS - 1 - sl0;
        return sl0 < LEVELS && level >= lowest ? level : NONE;
    }

    private static int bitsPerLevel(int granule) {
        return granule - 3;
    }
}
