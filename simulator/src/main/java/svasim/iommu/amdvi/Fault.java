package svasim.iommu.amdvi;

import svasim.paging.TableWalk;
import svasim.paging.WalkFault;

/**
 * Why a request is refused.
 *
 * @param cause what the flags PR, PE and RZ tell
 * @param where address of the structure that could not be read
 */
record Fault(Event event, Cause cause, long where) {
    /** Causes that the flags of an event tell apart (6). */
    enum Cause {
        /** Nothing is mapped, or nothing could be looked up. */
        NOT_PRESENT,
        /** The page is there but does not permit the access. */
        PERMISSION,
        /** A reserved bit or an illegal encoding. */
        RESERVED
    }

    static Fault illegalEntry(boolean reservedBit) {
        Cause cause = reservedBit ? Cause.RESERVED : Cause.NOT_PRESENT;
        return new Fault(Event.ILLEGAL_DEV_TABLE_ENTRY, cause, 0);
    }

    static Fault page(Cause cause) {
        return new Fault(Event.IO_PAGE_FAULT, cause, 0);
    }

    /** A structure gave no answer. */
    static Fault unreadable(Event event, long where) {
        return new Fault(event, Cause.NOT_PRESENT, where);
    }

    /** ATS by a device that may not use it. */
    static Fault atsForbidden() {
        return new Fault(Event.INVALID_DEVICE_REQUEST, Cause.NOT_PRESENT, 0);
    }

    /** What a walk through page tables has met. */
    static Fault of(TableWalk tables) {
        WalkFault fault = tables.fault();
        if (fault == WalkFault.UNREADABLE || fault == WalkFault.UPDATE_FAILED) {
            return unreadable(Event.PAGE_TAB_HARDWARE_ERROR, tables.address());
        }
        if (fault.ofPermission()) {
            return page(Cause.PERMISSION);
        }
        return page(fault == WalkFault.RESERVED_BIT ? Cause.RESERVED : Cause.NOT_PRESENT);
    }
}
