package svasim.iommu.smmuv3;

import svasim.paging.TableWalk;
import svasim.paging.WalkFault;
import svasim.paging.WalkPlace;

/** Makes events of what walks ran into (7.3.11 to 7.3.16). */
final class Faults {
    private Faults() {}

    /** A failed walk of page tables. */
    static Fault ofTables(TableWalk walk, int access, long address) {
        boolean stage2 = walk.faultStage() == 2;
        Event event = eventOf(walk.fault());
        int faultClass = classOf(walk, event);
        return new Fault(
                event,
                access,
                address,
                stage2,
                faultClass,
                where(walk, event, stage2),
                readsTable(walk, faultClass));
    }

    /** A failed look-up of a context descriptor. */
    static Fault ofContext(ContextWalk walk, int access, long address) {
        TableWalk tables = walk.tables();
        if (tables == null) {
            return Fault.fetch(walk.fault(), access, address, walk.address());
        }
        Event event = eventOf(tables.fault());
        return new Fault(
                event, access, address, true, Fault.CLASS_CD, where(tables, event, true), false);
    }

    static Event eventOf(WalkFault fault) {
        return switch (fault) {
            case UNREADABLE, UPDATE_NOT_SNOOPED, UPDATE_FAILED -> Event.F_WALK_EABT;
            case ADDRESS_SIZE -> Event.F_ADDR_SIZE;
            case ACCESS_FLAG -> Event.F_ACCESS;
            case PRIVILEGE, READ_PERMISSION, WRITE_PERMISSION, EXECUTE_PERMISSION ->
                    Event.F_PERMISSION;
            case INPUT_RANGE, NOT_PRESENT, RESERVED_BIT -> Event.F_TRANSLATION;
        };
    }

    /** Stage 1 faults are about the input, but its tables that cannot be read about a table. */
    private static int classOf(TableWalk walk, Event event) {
        boolean ofInput =
                walk.faultStage() == 2
                        ? walk.faultPlace() == WalkPlace.INPUT
                        : event != Event.F_WALK_EABT;
        return ofInput ? Fault.CLASS_INPUT : Fault.CLASS_TABLE;
    }

    private static long where(TableWalk walk, Event event, boolean stage2) {
        if (event == Event.F_WALK_EABT) {
            return walk.address();
        }
        return stage2 ? walk.intermediate() : 0;
    }

    private static boolean readsTable(TableWalk walk, int faultClass) {
        return faultClass == Fault.CLASS_TABLE && walk.fault() != WalkFault.WRITE_PERMISSION;
    }
}
