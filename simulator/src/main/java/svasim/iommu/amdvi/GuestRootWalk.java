package svasim.iommu.amdvi;

import java.util.function.BooleanSupplier;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.paging.TableWalk;
import svasim.paging.Walk;

/**
 * Finds the guest CR3 of a PASID in a GCR3 table of one to three levels (3). The first table has a
 * system physical address unless GCR3TRPMode is set; with host translation the others, and the
 * guest CR3, have guest physical addresses, which the host tables translate first.
 */
final class GuestRootWalk implements Walk {
    private final BooleanSupplier rootInGuest;
    private final TableWalk tables = new TableWalk();

    private Stage host;
    private int pasid;
    private int level;
    private boolean translating;
    private long address;
    private long root;
    private Step step = Step.DONE;
    private Fault fault;

    /**
     * @param rootInGuest whether the first table has a guest physical address too
     */
    GuestRootWalk(BooleanSupplier rootInGuest) {
        this.rootInGuest = rootInGuest;
    }

    /**
     * Begins a look-up.
     *
     * @param ofPasid below the number of PASIDs that the table has
     */
    void start(Device device, int ofPasid) {
        host = device.nestedHost();
        pasid = ofPasid;
        level = device.entry().glx();
        translating = false;
        fault = null;
        long first = slot(device.entry().guestRoot());
        if (rootInGuest.getAsBoolean()) {
            seek(first);
        } else {
            read(first);
        }
    }

    /** Whether a GCR3 table with this GLX has an entry for the PASID. */
    static boolean covers(int glx, int pasid) {
        return pasid >>> GuestRootEntry.INDEX_BITS * (glx + 1) == 0;
    }

    /** The guest CR3, after DONE. */
    long root() {
        return root;
    }

    /** The error, after FAULT. */
    Fault fault() {
        return translating ? Fault.of(tables) : fault;
    }

    @Override
    public Step next() {
        return translating ? tables.next() : step;
    }

    @Override
    public long address() {
        return translating ? tables.address() : address;
    }

    @Override
    public int bytes() {
        return Long.BYTES;
    }

    @Override
    public void data(long low, long high) {
        if (translating) {
            tables.data(low, high);
            leaveTables();
            return;
        }
        if (!GuestRootEntry.valid(low)) {
            fail(Fault.page(Fault.Cause.NOT_PRESENT));
        } else if (GuestRootEntry.reservedSet(low, level)) {
            fail(Fault.page(Fault.Cause.RESERVED));
        } else if (level == 0) {
            root = GuestRootEntry.address(low);
            step = Step.DONE;
        } else {
            level--;
            seek(slot(GuestRootEntry.address(low)));
        }
    }

    private long slot(long table) {
        return GuestRootEntry.slot(table, pasid, level);
    }

    private void seek(long at) {
        if (host == null) {
            read(at);
            return;
        }
        translating = true;
        tables.start(at, Access.READ, null, host);
        leaveTables();
    }

    private void leaveTables() {
        if (tables.next() == Step.DONE) {
            translating = false;
            read(tables.output());
        }
    }

    private void read(long at) {
        address = at;
        step = Step.READ;
    }

    @Override
    public void unreadable() {
        if (translating) {
            tables.unreadable();
        } else {
            fail(Fault.unreadable(Event.PAGE_TAB_HARDWARE_ERROR, address));
        }
    }

    @Override
    public long expected() {
        return tables.expected();
    }

    @Override
    public long replacement() {
        return tables.replacement();
    }

    @Override
    public void updated(boolean won) {
        tables.updated(won);
        leaveTables();
    }

    private void fail(Fault why) {
        fault = why;
        step = Step.FAULT;
    }
}
