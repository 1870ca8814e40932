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
    /** Stands for "no tables were asked" where a DomainID is told. */
    static final int NO_DOMAIN = -1;

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
    private static final int ALL = Access.READ | Access.WRITE | Access.EXECUTE;

    private final Lookups lookups;
    private final Decoder decoder;
    private final DeviceWalk deviceWalk;
    private final GuestRootWalk guestRootWalk = new GuestRootWalk();
    private final CachedTableWalk tableWalk;

    private Need need;
    private Device device;
    private Stage guest;
    private int guestPasid;
    private int wanted;
    private long tag;
    private int domain;

    private Fault fault;
    private long output;
    private int pageShift;
    private int permissions;
    private boolean dirtyKnown;
    private long leaf;

    Translation(Lookups lookups) {
        this.lookups = lookups;
        this.decoder = new Decoder(lookups.features());
        this.deviceWalk = lookups.newDeviceWalk();
        this.tableWalk = lookups.newTableWalk(this::mayFill);
    }

    @Override
    protected void begin() {
        need = Need.DEVICE;
        device = null;
        guest = null;
        fault = null;
        tag = 0;
        domain = NO_DOMAIN;
        leaf = 0;
        permissions = 0;
        dirtyKnown = true;
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
        boolean excluded = excludable() && lookups.exclusion().forAll();
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
        return kind() == RequestKind.UNTRANSLATED
                && !hasPasid()
                && lookups.exclusion().contains(address());
    }

    /** A walk may end before it has read anything. */
    private boolean finished(Walk walk) {
        if (walk.next() != Walk.Step.FAULT) {
            return false;
        }
        walked(Walk.Step.FAULT, false);
        return true;
    }

    private void admit(Device found) {
        device = found;
        DeviceTableEntry entry = found.entry();
        boolean ats = entry.valid() && entry.ats() && lookups.features().ats();
        switch (kind()) {
            case PAGE_REQUEST -> need = Need.NOTHING;
            case TRANSLATION_REQUEST -> {
                if (ats) {
                    selectTables(entry);
                } else {
                    refuse(Fault.atsForbidden());
                }
            }
            case TRANSLATED -> {
                if (ats || !entry.valid()) {
                    identity(ALL);
                } else {
                    refuse(Fault.atsForbidden());
                }
            }
            default -> untranslated(entry);
        }
    }

    private void untranslated(DeviceTableEntry entry) {
        if (!entry.valid() || entry.excluded() && excludable()) {
            identity(ALL);
        } else {
            selectTables(entry);
        }
    }

    private void selectTables(DeviceTableEntry entry) {
        boolean guests = entry.guestValid() && lookups.control().guestTranslation();
        domain = entry.domain();
        wanted = access() & ~(Access.PRIVILEGED | Access.EXECUTE);
        if (!entry.translationValid()) {
            refuse(Fault.page(Fault.Cause.NOT_PRESENT));
        } else if (hasPasid()) {
            enterGuest(entry, guests, pasid());
        } else if (guests && entry.guestIo()) {
            enterGuest(entry, true, 0);
        } else {
            enterHost(entry);
        }
    }

    private void enterGuest(DeviceTableEntry entry, boolean guests, int withPasid) {
        boolean covered =
                guests
                        && GuestRootWalk.covers(entry.glx(), withPasid)
                        && lookups.features().pasidFits(withPasid);
        if (!covered) {
            refuse(Fault.page(Fault.Cause.NOT_PRESENT));
            return;
        }
        wanted |= access() & Access.EXECUTE;
        if (wants(Access.PRIVILEGED) || !lookups.features().has("USSup")) {
            wanted |= Access.PRIVILEGED;
        }
        guestPasid = withPasid;
        boolean nested = device.nestedHost() != null;
        tag = Tags.guest(domain, withPasid, nested, entry.permitted());
        need = Need.GUEST_ROOT;
    }

    private void enterHost(DeviceTableEntry entry) {
        if (device.host() != null) {
            tag = Tags.host(domain, entry.permitted());
            need = Need.TRANSLATION;
            return;
        }
        int granted = entry.permitted() | Access.EXECUTE;
        boolean lacks = (wanted & Access.WRITE & ~granted | wanted & Access.READ & ~granted) != 0;
        if (lacks && kind() != RequestKind.TRANSLATION_REQUEST) {
            refuse(Fault.page(Fault.Cause.PERMISSION));
        } else {
            identity(granted);
        }
    }

    private boolean findGuestRoot() {
        guest = lookups.caches().guestRoots().find(requesterId(), guestPasid);
        if (guest != null) {
            need = Need.TRANSLATION;
            return true;
        }
        guestRootWalk.start(device, guestPasid);
        return finished(guestRootWalk);
    }

    private boolean findTranslation() {
        if (servedFromCache()) {
            return true;
        }
        Stage host = guest == null ? device.host() : device.nestedHost();
        int ofHost = guest == null ? device.entry().permitted() : ALL;
        tableWalk.tags(tag, Tags.host(domain, ofHost));
        tableWalk.start(address(), wanted, guest, host);
        return finished(tableWalk);
    }

    private boolean servedFromCache() {
        TranslationCache iotlb = lookups.caches().iotlb();
        int slot = iotlb.find(ownTag(), address());
        if (slot == TaggedCache.MISS || !iotlb.serves(slot, wanted)) {
            return false;
        }
        leaf = iotlb.leaf(slot);
        dirtyKnown = iotlb.dirtyKnown(slot);
        translated(iotlb.output(slot, address()), iotlb.shift(slot), iotlb.permissions(slot));
        return true;
    }

    private long ownTag() {
        return Tags.withPrivilege(tag, (wanted & Access.PRIVILEGED) != 0);
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
            case GUEST_ROOT -> MERGE_GUEST_ROOT | (long) requesterId() << DEVICE_SHIFT | guestPasid;
            default -> ownTag();
        };
    }

    @Override
    protected long mergeAddress() {
        return need == Need.TRANSLATION ? address() >>> PAGE_SHIFT : 0;
    }

    @Override
    protected void walked(Walk.Step end, boolean mayFill) {
        boolean found = end == Walk.Step.DONE;
        switch (need) {
            case DEVICE -> deviceWalked(found, mayFill);
            case GUEST_ROOT -> guestRootWalked(found, mayFill);
            default -> tablesWalked(found, mayFill);
        }
    }

    private void deviceWalked(boolean found, boolean mayFill) {
        if (!found) {
            refuse(deviceWalk.fault());
            return;
        }
        Device decoded = decoder.device(deviceWalk.entry());
        if (mayFill) {
            lookups.caches().devices().keep(requesterId(), decoded);
        }
        admit(decoded);
    }

    private void guestRootWalked(boolean found, boolean mayFill) {
        if (!found) {
            refuse(guestRootWalk.fault());
            return;
        }
        guest = decoder.guest(device.entry(), guestRootWalk.root());
        if (mayFill) {
            lookups.caches().guestRoots().keep(requesterId(), guestPasid, domain, guest);
        }
        need = Need.TRANSLATION;
    }

    private void tablesWalked(boolean found, boolean mayFill) {
        TableWalk tables = tableWalk.tables();
        if (!found) {
            refuse(Fault.of(tables));
            return;
        }
        leaf = tables.leaf();
        dirtyKnown = tables.dirtyKnown();
        if (mayFill && tables.permissions() != 0) {
            lookups.caches()
                    .iotlb()
                    .fill(
                            ownTag(),
                            address(),
                            tables.pageShift(),
                            tables.output(),
                            tables.permissions(),
                            tables.dirtyKnown(),
                            leaf,
                            requesterId(),
                            pasid());
        }
        translated(tables.output(), tables.pageShift(), tables.permissions());
    }

    private void identity(int granted) {
        translated(address(), PAGE_SHIFT, granted);
    }

    private void translated(long to, int shift, int granted) {
        output = to;
        pageShift = shift;
        permissions = granted;
        need = Need.NOTHING;
    }

    private void refuse(Fault why) {
        fault = why;
        need = Need.NOTHING;
    }

    /** Why the request was refused, or null. */
    Fault fault() {
        return fault;
    }

    /** The device, or null if none was found or looked for. */
    Device device() {
        return device;
    }

    /** Guest tables of the request, or null. */
    Stage guest() {
        return guest;
    }

    /** DomainID, or {@link #NO_DOMAIN}. */
    int domain() {
        return domain;
    }

    /** Whether host tables have the last word, so that the leaf is one of theirs. */
    boolean hostLeaf() {
        return tag != 0 && (tag & Tags.KIND) != Tags.GUEST;
    }

    /** Output address of the request's byte. */
    long output() {
        return output;
    }

    int pageShift() {
        return pageShift;
    }

    int permissions() {
        return permissions;
    }

    /** Whether writes need no update of a dirty bit. */
    boolean dirtyKnown() {
        return dirtyKnown;
    }

    /** The last leaf, 0 if no table was looked at. */
    long leaf() {
        return leaf;
    }
}
