package svasim.iommu.vtd;

import java.util.EnumSet;
import java.util.Set;
import svasim.paging.Stage;
import svasim.paging.VtdSecondStage;
import svasim.paging.X86Stage;

/**
 * What makes entries of the configuration tables illegal, and the stages of translation that legal
 * ones select (reference vtd.md, 2 and 3). Each check returns the fault, or null.
 */
final class ConfigurationRules {
    private final Capabilities capabilities;
    private final long aboveHost;
    private final long contextLow;
    private final long contextHigh;
    private final long pasid0;
    private final long pasid1;
    private final long pasid2;
    private final Set<VtdSecondStage.Option> secondStageOptions =
            EnumSet.noneOf(VtdSecondStage.Option.class);

    ConfigurationRules(Capabilities capabilities) {
        this.capabilities = capabilities;
        aboveHost = capabilities.aboveHost();
        contextLow = ScalableContext.reservedLow(capabilities);
        contextHigh = ScalableContext.reservedHigh(capabilities);
        pasid0 = PasidEntry.reserved0(capabilities);
        pasid1 = PasidEntry.reserved1(capabilities);
        pasid2 = PasidEntry.reserved2(capabilities);
        option(VtdSecondStage.Option.PAGES_2M, capabilities.supportsLargePages(0));
        option(VtdSecondStage.Option.PAGES_1G, capabilities.supportsLargePages(1));
        option(VtdSecondStage.Option.SNOOP, capabilities.has("ECAP.SC"));
        option(VtdSecondStage.Option.ZERO_LENGTH_BY_WRITE, capabilities.has("CAP.ZLR"));
    }

    private void option(VtdSecondStage.Option option, boolean on) {
        if (on) {
            secondStageOptions.add(option);
        }
    }

    long aboveHost() {
        return aboveHost;
    }

    /** Whether the PASID has more bits than ECAP.PSS allows. */
    boolean pasidTooWide(int pasid) {
        return pasid >>> capabilities.pasidBits != 0;
    }

    FaultReason mode(int mode) {
        if (mode == RootTable.ABORT && capabilities.has("ECAP.ADMS")) {
            return FaultReason.ABORT_MODE;
        }
        boolean scalable = mode == RootTable.SCALABLE && capabilities.has("ECAP.SMTS");
        return mode == RootTable.LEGACY || scalable ? null : FaultReason.MODE_RESERVED;
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
        return legal && capabilities.supportsLevels(LegacyContext.levels(high))
                ? null
                : FaultReason.CONTEXT_INVALID;
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
        long mask0 = pasid0 | (PasidEntry.usesSecondStage(word0) ? aboveHost : 0);
        boolean hostPointer = PasidEntry.translationType(word0) == PasidEntry.FIRST_STAGE;
        long mask2 = pasid2 | (hostPointer ? aboveHost : 0);
        if ((word0 & mask0) != 0 || (word1 & pasid1) != 0 || (word2 & mask2) != 0) {
            return FaultReason.PASID_RESERVED;
        }
        return typeSupported(PasidEntry.translationType(word0))
                        && secondLegal(word0)
                        && firstLegal(word0, word2)
                ? null
                : FaultReason.PASID_INVALID;
    }

    private boolean typeSupported(int type) {
        return switch (type) {
            case PasidEntry.FIRST_STAGE -> capabilities.has("ECAP.FSTS");
            case PasidEntry.SECOND_STAGE -> capabilities.has("ECAP.SSTS");
            case PasidEntry.NESTED -> capabilities.has("ECAP.NEST");
            case PasidEntry.PASS_THROUGH -> capabilities.has("ECAP.PT");
            default -> false;
        };
    }

    private boolean secondLegal(long word0) {
        return !PasidEntry.usesSecondStage(word0)
                || capabilities.supportsLevels(PasidEntry.secondLevels(word0));
    }

    private boolean firstLegal(long word0, long word2) {
        if (!PasidEntry.usesFirstStage(word0)) {
            return true;
        }
        int levels = PasidEntry.firstLevels(word2);
        if (levels > 5 || levels == 5 && !capabilities.has("CAP.FS5LP")) {
            return false;
        }
        boolean nested = PasidEntry.translationType(word0) == PasidEntry.NESTED;
        return !nested
                || PasidEntry.firstTables(word2) >>> inputBits(PasidEntry.secondLevels(word0)) == 0;
    }

    /** Second stage of a legacy context, or null for pass-through. */
    Stage legacyStage(long low, long high) {
        if (LegacyContext.translationType(low) == LegacyContext.PASS_THROUGH) {
            return null;
        }
        return new VtdSecondStage(
                LegacyContext.levels(high),
                LegacyContext.tables(low),
                capabilities.guestBits,
                capabilities.haw,
                secondStageOptions);
    }

    /** First stage that a PASID entry names, or null. */
    Stage firstStage(long word0, long word2) {
        if (!PasidEntry.usesFirstStage(word0)) {
            return null;
        }
        Set<X86Stage.Option> options = EnumSet.noneOf(X86Stage.Option.class);
        if (PasidEntry.writeProtect(word2)) {
            options.add(X86Stage.Option.WRITE_PROTECT);
        }
        if (PasidEntry.extendedAccessed(word2)) {
            options.add(X86Stage.Option.EXTENDED_ACCESSED);
        }
        if (capabilities.has("CAP.FS1GP")) {
            options.add(X86Stage.Option.PAGES_1G);
        }
        return new X86Stage(
                PasidEntry.firstLevels(word2),
                PasidEntry.firstTables(word2),
                capabilities.haw,
                options);
    }

    /** Second stage that a PASID entry names, or null. */
    Stage secondStage(long word0) {
        if (!PasidEntry.usesSecondStage(word0)) {
            return null;
        }
        Set<VtdSecondStage.Option> options = EnumSet.noneOf(VtdSecondStage.Option.class);
        options.addAll(secondStageOptions);
        if (PasidEntry.secondAccessedDirty(word0)) {
            options.add(VtdSecondStage.Option.ACCESSED_DIRTY);
        }
        return new VtdSecondStage(
                PasidEntry.secondLevels(word0),
                PasidEntry.secondTables(word0),
                capabilities.guestBits,
                capabilities.haw,
                options);
    }

    private static int inputBits(int levels) {
        return 12 + 9 * levels;
    }
}
