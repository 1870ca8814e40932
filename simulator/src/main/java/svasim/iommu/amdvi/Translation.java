package svasim.iommu.amdvi;

import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Inquiry;
import svasim.iommu.core.RequestKind;
import svasim.iommu.core.TranslationCache;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.paging.TableWalk;
import svasim.paging.Walk;

/** One request on its way: device table, GCR3 table, then IOTLB or page tables (2 to 4). */
final class Translation extends Inquiry {
    /** What has to be found next. */
    private enum Need {
        DEVICE,
        GUEST_ROOT,
        TRANSLATION,
        NOTHING
    }

    private static final long MERGE_DEVICE = 1L << 60;
    private static final long MERGE_GUEST_ROOT = 1L << 61;
    private static final int DEVICE_SHIFT = 20;
    private static final int PAGE_SHIFT = 12;
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final int ALL = READ_WRITE | Access.EXECUTE;

    private final Lookups lookups;
    private final Decoder decoder;
    private final DeviceWalk deviceWalk;
    private final GuestRootWalk guestRootWalk;
    private final CachedTableWalk tableWalk;
    private final Selection selection;
    private final Result result = new Result();

    private boolean prefetch;
    private boolean readsTables;
    private Need need;
    private Device device;
    private Stage guest;

    Translation(Lookups lookups) {
        this.lookups = lookups;
        this.decoder = new Decoder(lookups.features());
        this.deviceWalk = lookups.newDeviceWalk();
        this.guestRootWalk = new GuestRootWalk(lookups.control()::guestRootsInGuest);
        this.tableWalk = lookups.newTableWalk(this::serial);
        this.selection = new Selection(lookups);
    }

    @Override
    protected void begin() {
        prefetch = false;
        readsTables = false;
        need = Need.DEVICE;
        device = null;
        guest = null;
        selection.clear();
        result.clear();
    }

    /** As {@link #ask}, for nobody: only the caches have something of the answer. */
    void prefetch(int ofRequester, int withPasid, long toAddress, int wanted) {
        ask(ofRequester, withPasid, toAddress, wanted);
        prefetch = true;
    }

    /** The IOTLB does not count. */
    void readTables() {
        readsTables = true;
    }

    @Override
    protected Progress proceed(long nowPs) {
        while (need != Need.NOTHING) {
            boolean known =
                    switch (need) {
                        case DEVICE -> findDevice();
                        case GUEST_ROOT -> findGuestRoot();
                        default -> findTranslation();
                    };
            if (!known) {
                return Progress.WALK;
            }
        }
        return Progress.ANSWERED;
    }

    private boolean findDevice() {
        if (passesUnchecked()) {
            return true;
        }
        Device cached = lookups.caches().devices().find(requesterId());
        if (cached != null) {
            admit(cached);
            return true;
        }
        deviceWalk.start(lookups.deviceTable().entryAddress(requesterId()));
        return finished(deviceWalk);
    }

    /**
     * What needs no device table entry: everything while the unit is off, and exclusion for all.
     */
    private boolean passesUnchecked() {
        if (!lookups.control().enabled()) {
            whileDisabled();
            return true;
        }
        boolean excluded =
                kind() == RequestKind.UNTRANSLATED && lookups.exclusion().forAll() && excludable();
        if (excluded) {
            identity(ALL);
        }
        return excluded;
    }

    private void whileDisabled() {
        switch (kind()) {
            case TRANSLATION_REQUEST -> refuse(Fault.atsForbidden());
            case PAGE_REQUEST -> need = Need.NOTHING;
            default -> identity(ALL);
        }
    }

    private boolean excludable() {
        return !hasPasid() && lookups.exclusion().contains(address());
    }

    /** A walk may end before it has read anything. */
    private boolean finished(Walk walk) {
        if (walk.next() != Walk.Step.FAULT) {
            return false;
        }
        walked(Walk.Step.FAULT);
        return true;
    }

    private void admit(Device found) {
        device = found;
        DeviceTableEntry entry = found.entry();
        boolean ats = entry.valid() && entry.ats() && lookups.features().ats();
        boolean needsAts = kind() == RequestKind.TRANSLATION_REQUEST || refusedTranslated(entry);
        if (kind() == RequestKind.PAGE_REQUEST) {
            need = Need.NOTHING;
        } else if (needsAts && !ats) {
            refuse(Fault.atsForbidden());
        } else if (kind() == RequestKind.TRANSLATED || !entry.valid() || excluded(entry)) {
            identity(ALL);
        } else {
            selectTables(entry);
        }
    }

    /** A device that is not translated at all may call its addresses what it likes. */
    private boolean refusedTranslated(DeviceTableEntry entry) {
        return kind() == RequestKind.TRANSLATED && entry.valid();
    }

    private boolean excluded(DeviceTableEntry entry) {
        return (entry.excluded() || lookups.exclusion().forAll()) && excludable();
    }

    private void selectTables(DeviceTableEntry entry) {
        switch (selection.select(this, device)) {
            case GUEST -> need = Need.GUEST_ROOT;
            case HOST -> need = Need.TRANSLATION;
            case NONE -> passAsPermitted(entry.permitted() | Access.EXECUTE);
            case MISSING -> refuse(Fault.page(Fault.Cause.NOT_PRESENT));
        }
    }

    private void passAsPermitted(int granted) {
        boolean lacks = (selection.wanted() & READ_WRITE & ~granted) != 0;
        if (lacks && kind() != RequestKind.TRANSLATION_REQUEST) {
            refuse(Fault.page(Fault.Cause.PERMISSION));
        } else {
            identity(granted);
        }
    }

    private boolean findGuestRoot() {
        int pasid = selection.guestPasid();
        guest = lookups.caches().guestRoots().find(requesterId(), pasid);
        if (guest != null) {
            need = Need.TRANSLATION;
            return true;
        }
        guestRootWalk.start(device, pasid);
        return finished(guestRootWalk);
    }

    private boolean findTranslation() {
        if (servedFromCache()) {
            return true;
        }
        Stage host = guest == null ? device.host() : device.nestedHost();
        int ofHost = guest == null ? device.entry().permitted() : ALL;
        tableWalk.tags(selection.tag(), Tags.host(selection.domain(), ofHost));
        tableWalk.start(address(), selection.wanted(), guest, host);
        return finished(tableWalk);
    }

    private boolean servedFromCache() {
        TranslationCache iotlb = lookups.caches().iotlb();
        int slot = iotlb.find(selection.ownTag(), address());
        if (readsTables || slot == TaggedCache.MISS || !iotlb.serves(slot, selection.wanted())) {
            return false;
        }
        result.cached(iotlb, slot, address());
        need = Need.NOTHING;
        return true;
    }

    @Override
    protected Walk walk() {
        return switch (need) {
            case DEVICE -> deviceWalk;
            case GUEST_ROOT -> guestRootWalk;
            default -> tableWalk;
        };
    }

    @Override
    protected long mergeTag() {
        return switch (need) {
            case DEVICE -> MERGE_DEVICE | requesterId();
            case GUEST_ROOT ->
                    MERGE_GUEST_ROOT
                            | (long) requesterId() << DEVICE_SHIFT
                            | selection.guestPasid();
            default -> selection.ownTag();
        };
    }

    @Override
    protected long mergeAddress() {
        return need == Need.TRANSLATION ? address() >>> PAGE_SHIFT : 0;
    }

    @Override
    protected void walked(Walk.Step end) {
        boolean found = end == Walk.Step.DONE;
        switch (need) {
            case DEVICE -> deviceWalked(found);
            case GUEST_ROOT -> guestRootWalked(found);
            default -> tablesWalked(found);
        }
    }

    private void deviceWalked(boolean found) {
        if (!found) {
            refuse(deviceWalk.fault());
            return;
        }
        Device decoded = decoder.device(deviceWalk.entry());
        lookups.caches().devices().keep(requesterId(), decoded, serial());
        admit(decoded);
    }

    private void guestRootWalked(boolean found) {
        if (!found) {
            refuse(guestRootWalk.fault());
            return;
        }
        guest = decoder.guest(device.entry(), guestRootWalk.root());
        GuestRootCache roots = lookups.caches().guestRoots();
        roots.keep(requesterId(), selection.guestPasid(), selection.domain(), guest, serial());
        need = Need.TRANSLATION;
    }

    private void tablesWalked(boolean found) {
        TableWalk tables = tableWalk.tables();
        if (!found) {
            refuse(Fault.of(tables));
            return;
        }
        if (tables.permissions() != 0) {
            lookups.caches().iotlb().fill(selection.ownTag(), address(), tables, this);
        }
        result.walked(tables);
        need = Need.NOTHING;
    }

    private void identity(int granted) {
        result.identity(address(), granted);
        need = Need.NOTHING;
    }

    private void refuse(Fault why) {
        result.refuse(why);
        need = Need.NOTHING;
    }

    /** The answer, once there is one. */
    Result result() {
        return result;
    }

    /** Whether nobody waits for the answer. */
    boolean isPrefetch() {
        return prefetch;
    }

    /** The device, or null if none was found or looked for. */
    Device device() {
        return device;
    }

    /** Guest tables of the request, or null. */
    Stage guest() {
        return guest;
    }

    /** DomainID, or {@link Selection#NO_DOMAIN}. */
    int domain() {
        return selection.domain();
    }

    /** Whether the leaf is one of host tables. */
    boolean hostLeaf() {
        return selection.endsInHostTables();
    }
}
