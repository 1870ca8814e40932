package svasim.iommu.vtd;

/**
 * What makes entries of the configuration tables illegal (reference vtd.md, 2 and 3). Each check
 * returns the fault, or null.
 */
final class ConfigurationRules {
    private final Capabilities capabilities;
    private final boolean scalableMode;
    private final boolean abortMode;
    private final long aboveHost;
    private final long contextLow;
    private final long contextHigh;
    private final long pasid0;
    private final long pasid1;
    private final long pasid2;
    private final long pasid4;
    private final long pasid5;

    ConfigurationRules(Capabilities capabilities) {
        this.capabilities = capabilities;
        scalableMode = capabilities.has("ECAP.SMTS");
        abortMode = capabilities.has("ECAP.ADMS");
        aboveHost = capabilities.aboveHost();
        contextLow = ScalableContext.reservedLow(capabilities);
        contextHigh = ScalableContext.reservedHigh(capabilities);
        pasid0 = PasidTableEntry.reserved0(capabilities);
        pasid1 = PasidTableEntry.reserved1(capabilities);
        pasid2 = PasidTableEntry.reserved2(capabilities);
        pasid4 = PermissionTable.reserved4(capabilities);
        pasid5 = PermissionTable.reserved5(capabilities);
    }

    long aboveHost() {
        return aboveHost;
    }

    /** Whether the PASID has more bits than ECAP.PSS allows. */
    boolean pasidTooWide(int pasid) {
        return pasid >>> capabilities.pasidBits != 0;
    }

    /** Of RTADDR as it was latched. */
    FaultReason root(long rootAddress) {
        if ((rootAddress & capabilities.errorReset) != 0) {
            return FaultReason.ERROR_RESET;
        }
        return switch (tableMode(rootAddress)) {
            case RootTable.ABORT -> FaultReason.ABORT_MODE;
            case RootTable.RESERVED_MODE -> FaultReason.MODE_RESERVED;
            default -> null;
        };
    }

    /** TTM; a mode that is not supported counts as reserved. */
    int tableMode(long rootAddress) {
        int mode = RootTable.mode(rootAddress);
        boolean supported =
                switch (mode) {
                    case RootTable.SCALABLE -> scalableMode;
                    case RootTable.ABORT -> abortMode;
                    default -> true;
                };
        return supported ? mode : RootTable.RESERVED_MODE;
    }

    /** Whether second-stage entries permit by IR and IW. */
    boolean ioPermissions(long rootAddress) {
        return (rootAddress & capabilities.ioPermissions) != 0;
    }

    FaultReason legacyRoot(long low, long high) {
        if (!RootTable.present(low)) {
            return FaultReason.ROOT_NOT_PRESENT;
        }
        boolean reserved = RootTable.reserved(low, aboveHost) != 0 || high != 0;
        return reserved ? FaultReason.ROOT_RESERVED : null;
    }

    FaultReason legacyContext(long low, long high) {
        if (!LegacyContext.present(low)) {
            return FaultReason.CONTEXT_NOT_PRESENT;
        }
        if (LegacyContext.reservedBits(low, high, capabilities)) {
            return FaultReason.CONTEXT_RESERVED;
        }
        boolean legal =
                switch (LegacyContext.translationType(low)) {
                    case LegacyContext.TRANSLATE -> true;
                    case LegacyContext.TRANSLATE_AND_ATS -> capabilities.has("ECAP.DT");
                    case LegacyContext.PASS_THROUGH -> capabilities.has("ECAP.PT");
                    default -> false;
                };
        return legal && levelsLegal(low, high) ? null : FaultReason.CONTEXT_INVALID;
    }

    /** Pass-through names the largest width, although it walks nothing. */
    private boolean levelsLegal(long low, long high) {
        int levels = LegacyContext.levels(high);
        return LegacyContext.translationType(low) == LegacyContext.PASS_THROUGH
                ? levels == capabilities.mostLevels()
                : capabilities.supportsLevels(levels);
    }

    FaultReason scalableRoot(long word) {
        if (!RootTable.present(word)) {
            return FaultReason.SM_ROOT_NOT_PRESENT;
        }
        return RootTable.reserved(word, aboveHost) != 0 ? FaultReason.SM_ROOT_RESERVED : null;
    }

    FaultReason scalableContext(long low, long high) {
        if ((low & contextLow) != 0 || (high & contextHigh) != 0) {
            return FaultReason.SM_CONTEXT_RESERVED;
        }
        return ScalableContext.contradictory(low, high) ? FaultReason.SM_CONTEXT_INVALID : null;
    }

    FaultReason directory(long word) {
        if (!PasidDirectory.present(word)) {
            return FaultReason.DIRECTORY_NOT_PRESENT;
        }
        return PasidDirectory.reservedBits(word, aboveHost) ? FaultReason.DIRECTORY_RESERVED : null;
    }

    /** Reserved bits of the three words that are used, then their values. */
    FaultReason pasidEntry(long word0, long word1, long word2) {
        long mask0 = pasid0 | (PasidTableEntry.usesSecondStage(word0) ? aboveHost : 0);
        boolean hostPointer = PasidTableEntry.translationType(word0) == PasidTableEntry.FIRST_STAGE;
        long mask2 = pasid2 | (hostPointer ? aboveHost : 0);
        if ((word0 & mask0) != 0 || (word1 & pasid1) != 0 || (word2 & mask2) != 0) {
            return FaultReason.PASID_RESERVED;
        }
        return typeSupported(PasidTableEntry.translationType(word0))
                        && secondLegal(word0)
                        && firstLegal(word0, word2)
                ? null
                : FaultReason.PASID_INVALID;
    }

    /** Reserved bits of words 4 and 5. */
    FaultReason permissionWords(long word4, long word5) {
        boolean reserved = (word4 & pasid4) != 0 || (word5 & pasid5) != 0;
        return reserved ? FaultReason.PASID_RESERVED : null;
    }

    private boolean typeSupported(int type) {
        return switch (type) {
            case PasidTableEntry.FIRST_STAGE -> capabilities.has("ECAP.FSTS");
            case PasidTableEntry.SECOND_STAGE -> capabilities.has("ECAP.SSTS");
            case PasidTableEntry.NESTED -> capabilities.has("ECAP.NEST");
            case PasidTableEntry.PASS_THROUGH -> capabilities.has("ECAP.PT");
            default -> false;
        };
    }

    private boolean secondLegal(long word0) {
        return !PasidTableEntry.usesSecondStage(word0)
                || capabilities.supportsLevels(PasidTableEntry.secondLevels(word0));
    }

    private boolean firstLegal(long word0, long word2) {
        if (!PasidTableEntry.usesFirstStage(word0)) {
            return true;
        }
        int levels = PasidTableEntry.firstLevels(word2);
        if (levels > 5 || levels == 5 && !capabilities.has("CAP.FS5LP")) {
            return false;
        }
        boolean nested = PasidTableEntry.translationType(word0) == PasidTableEntry.NESTED;
        return !nested
                || PasidTableEntry.firstTables(word2)
                                >>> inputBits(PasidTableEntry.secondLevels(word0))
                        == 0;
    }

    private static int inputBits(int levels) {
        return 12 + 9 * levels;
    }
}
