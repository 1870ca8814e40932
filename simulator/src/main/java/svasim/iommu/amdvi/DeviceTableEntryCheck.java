package svasim.iommu.amdvi;

/** Which valid device table entries are illegal (2), and whether for a reserved bit. */
final class DeviceTableEntryCheck {
    private static final int RESERVED_MODE = 7;

    /** Result of a check. */
    enum Verdict {
        LEGAL,
        RESERVED_BIT,
        /** A value that is reserved, or needs a feature that is absent. */
        ILLEGAL_VALUE
    }

    private final Features features;

    DeviceTableEntryCheck(Features features) {
        this.features = features;
    }

    /** Fields of translation count only while TV is set. */
    Verdict check(DeviceTableEntry entry) {
        if (entry.reservedSet()) {
            return Verdict.RESERVED_BIT;
        }
        boolean illegal = entry.translationValid() && (hostIllegal(entry) || guestIllegal(entry));
        return illegal ? Verdict.ILLEGAL_VALUE : Verdict.LEGAL;
    }

    /** Implementations differ about a Mode above HATS; here it is illegal like the reserved one. */
    private boolean hostIllegal(DeviceTableEntry entry) {
        return entry.mode() == RESERVED_MODE || entry.mode() > features.hostLevels();
    }

    private boolean guestIllegal(DeviceTableEntry entry) {
        if (!entry.guestValid()) {
            return entry.glx() > DeviceTableEntry.LARGEST_GLX;
        }
        return !features.has("GTSup")
                || entry.glx() > features.largestGlx()
                || entry.guestPagingMode() > (features.fiveGuestLevels() ? 1 : 0)
                || entry.guestIo() && !features.has("GIoSup");
    }
}
