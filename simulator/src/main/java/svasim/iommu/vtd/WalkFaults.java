package svasim.iommu.vtd;

import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.paging.TableWalk;
import svasim.paging.WalkFault;
import svasim.paging.WalkPlace;

/** Fault reasons of page walks: what, in which stage, on behalf of what. */
final class WalkFaults {
    private WalkFaults() {}

    /**
     * Reason in legacy mode.
     *
     * @param second stage that was walked
     * @param access that the request wanted
     */
    static FaultReason legacy(TableWalk walk, Stage second, int access) {
        return switch (walk.fault()) {
            case INPUT_RANGE -> FaultReason.BEYOND_WIDTH;
            case UNREADABLE ->
                    atRoot(walk, second)
                            ? FaultReason.CONTEXT_INVALID
                            : FaultReason.TABLE_UNREADABLE;
            case RESERVED_BIT, ADDRESS_SIZE -> FaultReason.TABLE_RESERVED;
            case WRITE_PERMISSION -> FaultReason.WRITE_REFUSED;
            case READ_PERMISSION -> FaultReason.READ_REFUSED;
            default ->
                    (access & Access.WRITE) != 0
                            ? FaultReason.WRITE_REFUSED
                            : FaultReason.READ_REFUSED;
        };
    }

    /**
     * Reason in scalable mode.
     *
     * @param second second stage, or null without
     */
    static FaultReason scalable(TableWalk walk, Stage second) {
        if (walk.faultStage() == 1) {
            return first(walk);
        }
        boolean forTable = walk.faultPlace() != WalkPlace.INPUT;
        FaultReason ofTable = forTable ? secondForTable(walk.fault()) : null;
        return ofTable == null ? second(walk, second) : ofTable;
    }

    private static FaultReason first(TableWalk walk) {
        return switch (walk.fault()) {
            case INPUT_RANGE -> FaultReason.NOT_CANONICAL;
            case UNREADABLE ->
                    walk.faultPlace() == WalkPlace.ROOT
                            ? FaultReason.FS_ROOT_UNREADABLE
                            : FaultReason.FS_ENTRY_UNREADABLE;
            case NOT_PRESENT -> FaultReason.FS_NOT_PRESENT;
            case RESERVED_BIT, ADDRESS_SIZE -> FaultReason.FS_RESERVED;
            case PRIVILEGE -> FaultReason.PRIVILEGE_REFUSED;
            case WRITE_PERMISSION -> FaultReason.SM_WRITE_REFUSED;
            case EXECUTE_PERMISSION -> FaultReason.EXECUTE_REFUSED;
            case UPDATE_NOT_SNOOPED -> FaultReason.FS_UPDATE_NOT_SNOOPED;
            case UPDATE_FAILED -> FaultReason.FS_UPDATE_FAILED;
            default -> FaultReason.SM_READ_REFUSED;
        };
    }

    private static FaultReason second(TableWalk walk, Stage second) {
        return switch (walk.fault()) {
            case INPUT_RANGE -> FaultReason.SM_BEYOND_WIDTH;
            case UNREADABLE ->
                    atRoot(walk, second)
                            ? FaultReason.SS_ROOT_UNREADABLE
                            : FaultReason.SS_ENTRY_UNREADABLE;
            case NOT_PRESENT -> FaultReason.SS_NOT_PRESENT;
            case RESERVED_BIT, ADDRESS_SIZE -> FaultReason.SS_RESERVED;
            case WRITE_PERMISSION -> FaultReason.SM_WRITE_REFUSED;
            case UPDATE_NOT_SNOOPED -> FaultReason.SS_UPDATE_NOT_SNOOPED;
            case UPDATE_FAILED -> FaultReason.SS_UPDATE_FAILED;
            default -> FaultReason.SM_READ_REFUSED;
        };
    }

    /**
     * The second stage was looking for a first-stage table; null if the reason is the usual one.
     */
    private static FaultReason secondForTable(WalkFault what) {
        return switch (what) {
            case INPUT_RANGE -> FaultReason.FS_TABLE_BEYOND_WIDTH;
            case NOT_PRESENT -> FaultReason.FS_TABLE_NOT_MAPPED;
            case READ_PERMISSION -> FaultReason.FS_TABLE_READ_REFUSED;
            case WRITE_PERMISSION -> FaultReason.FS_TABLE_WRITE_REFUSED;
            default -> null;
        };
    }

    /** Reason of a translated request that the host permission table does not let through. */
    static FaultReason permissions(WalkFault what) {
        return switch (what) {
            case INPUT_RANGE -> FaultReason.HOST_ADDRESS_BEYOND_TABLE;
            case UNREADABLE -> FaultReason.PERMISSIONS_UNREADABLE;
            case NOT_PRESENT -> FaultReason.PERMISSIONS_NOT_PRESENT;
            case WRITE_PERMISSION -> FaultReason.HOST_WRITE_REFUSED;
            case READ_PERMISSION -> FaultReason.HOST_READ_REFUSED;
            default -> FaultReason.PERMISSIONS_RESERVED;
        };
    }

    /** Whether the second-stage table that could not be read is the one that SSPTPTR names. */
    private static boolean atRoot(TableWalk walk, Stage second) {
        return walk.faultLevel() == second.startLevel();
    }
}
