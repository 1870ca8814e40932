package svasim.iommu.vtd;

import java.util.EnumSet;
import java.util.Set;
import svasim.paging.Stage;
import svasim.paging.VtdSecondStage;
import svasim.paging.X86Stage;

/** The stages of translation that legal entries of the configuration tables select. */
final class Stages {
    private final Capabilities capabilities;
    private final Set<VtdSecondStage.Option> secondStageOptions =
            EnumSet.noneOf(VtdSecondStage.Option.class);

    Stages(Capabilities capabilities) {
        this.capabilities = capabilities;
        option(VtdSecondStage.Option.PAGES_2M, capabilities.supportsLargePages(0));
        option(VtdSecondStage.Option.PAGES_1G, capabilities.supportsLargePages(1));
        option(VtdSecondStage.Option.SNOOP, capabilities.has("ECAP.SC"));
        option(VtdSecondStage.Option.ZERO_LENGTH_BY_WRITE, capabilities.has("CAP.ZLR"));
        option(
                VtdSecondStage.Option.BIT_62_IGNORED,
                capabilities.beforeRevision5() && capabilities.has("ECAP.DT"));
    }

    private void option(VtdSecondStage.Option option, boolean on) {
        if (on) {
            secondStageOptions.add(option);
        }
    }

    /**
     * Second stage of a legacy context, or null for pass-through.
     *
     * @param ioPermissions whether IR and IW permit instead of R and W
     */
    Stage legacy(long low, long high, boolean ioPermissions) {
        if (LegacyContext.translationType(low) == LegacyContext.PASS_THROUGH) {
            return null;
        }
        return second(
                LegacyContext.levels(high),
                LegacyContext.tables(low),
                secondOptions(ioPermissions));
    }

    /** First stage that a PASID entry names, or null. */
    Stage first(long word0, long word1, long word2) {
        if (!PasidTableEntry.usesFirstStage(word0)) {
            return null;
        }
        Set<X86Stage.Option> options = EnumSet.noneOf(X86Stage.Option.class);
        if (PasidTableEntry.writeProtect(word2)) {
            options.add(X86Stage.Option.WRITE_PROTECT);
        }
        if (PasidTableEntry.extendedAccessed(word2)) {
            options.add(X86Stage.Option.EXTENDED_ACCESSED);
        }
        if (!PasidTableEntry.walksSnoop(word1)) {
            options.add(X86Stage.Option.NO_UPDATES);
        }
        if (capabilities.has("CAP.FS1GP")) {
            options.add(X86Stage.Option.PAGES_1G);
        }
        if (capabilities.executeRequests()) {
            options.addAll(executeOptions(word2));
        }
        return new X86Stage(
                PasidTableEntry.firstLevels(word2),
                PasidTableEntry.firstTables(word2),
                capabilities.haw,
                options);
    }

    private static Set<X86Stage.Option> executeOptions(long word2) {
        Set<X86Stage.Option> options = EnumSet.noneOf(X86Stage.Option.class);
        if (PasidTableEntry.executeDisable(word2)) {
            options.add(X86Stage.Option.EXECUTE_DISABLE);
        }
        if (PasidTableEntry.noSupervisorExecute(word2)) {
            options.add(X86Stage.Option.NO_PRIVILEGED_EXECUTE);
        }
        return options;
    }

    /**
     * Second stage that a PASID entry names, or null.
     *
     * @param ioPermissions whether IR and IW permit instead of R and W
     */
    Stage second(long word0, long word1, boolean ioPermissions) {
        if (!PasidTableEntry.usesSecondStage(word0)) {
            return null;
        }
        Set<VtdSecondStage.Option> options = secondOptions(ioPermissions);
        if (PasidTableEntry.secondAccessedDirty(word0)) {
            options.add(VtdSecondStage.Option.ACCESSED_DIRTY);
        }
        if (!PasidTableEntry.walksSnoop(word1)) {
            options.add(VtdSecondStage.Option.NO_UPDATES);
        }
        return second(
                PasidTableEntry.secondLevels(word0), PasidTableEntry.secondTables(word0), options);
    }

    /**
     * The host permission table of a PASID entry, or null if it has none of a legal size. The
     * reference names the table but not its format: here it has the format of second-stage tables,
     * whose input is the host physical address and whose output is not used.
     */
    Stage permissions(long word4) {
        return capabilities.permissionTables() && PermissionTable.sizeLegal(word4)
                ? new VtdSecondStage(
                        PermissionTable.levels(word4),
                        PermissionTable.address(word4),
                        Long.SIZE,
                        capabilities.haw,
                        Set.of(VtdSecondStage.Option.PAGES_2M, VtdSecondStage.Option.PAGES_1G))
                : null;
    }

    private Set<VtdSecondStage.Option> secondOptions(boolean ioPermissions) {
        Set<VtdSecondStage.Option> options = EnumSet.noneOf(VtdSecondStage.Option.class);
        options.addAll(secondStageOptions);
        if (ioPermissions) {
            options.add(VtdSecondStage.Option.IO_PERMISSIONS);
        }
        return options;
    }

    private Stage second(int levels, long root, Set<VtdSecondStage.Option> options) {
        return new VtdSecondStage(levels, root, capabilities.guestBits, capabilities.haw, options);
    }
}
