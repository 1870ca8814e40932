package svasim.iommu.amdvi;

import svasim.iommu.core.Inquiry;
import svasim.paging.Access;

/** Which tables translate a request, as the entry of its device says (2, 3). */
final class Selection {
    /** Stands for "no tables were asked" where a DomainID is told. */
    static final int NO_DOMAIN = -1;

    /** What translates. */
    enum Tables {
        /** Guest tables of a PASID, alone or over host tables. */
        GUEST,
        HOST,
        /** None: the address passes as it is. */
        NONE,
        /** None, and the request does not pass. */
        MISSING
    }

    private final Lookups lookups;

    private int domain;
    private int wanted;
    private int guestPasid;
    private long tag;

    Selection(Lookups lookups) {
        this.lookups = lookups;
    }

    void clear() {
        domain = NO_DOMAIN;
        tag = 0;
    }

    Tables select(Inquiry request, Device device) {
        DeviceTableEntry entry = device.entry();
        domain = entry.domain();
        wanted = request.access() & ~(Access.PRIVILEGED | Access.EXECUTE);
        boolean guests = entry.guestValid() && lookups.control().guestTranslation();
        if (!entry.translationValid() || request.hasPasid() && !guests) {
            return Tables.MISSING;
        }
        if (request.hasPasid() || guests && entry.guestIo()) {
            return guest(request, device);
        }
        if (device.host() == null) {
            return Tables.NONE;
        }
        tag = Tags.host(domain, entry.permitted());
        return Tables.HOST;
    }

    /** Requests without PASID use the tables of PASID 0. */
    private Tables guest(Inquiry request, Device device) {
        guestPasid = request.hasPasid() ? request.pasid() : 0;
        Features features = lookups.features();
        DeviceTableEntry entry = device.entry();
        if (!GuestRootWalk.covers(entry.glx(), guestPasid) || !features.pasidFits(guestPasid)) {
            return Tables.MISSING;
        }
        wanted |= request.access() & Access.EXECUTE;
        if (request.wants(Access.PRIVILEGED) || !features.has("USSup")) {
            wanted |= Access.PRIVILEGED;
        }
        boolean nested = device.nestedHost() != null;
        tag = Tags.guest(domain, guestPasid, nested, entry.permitted());
        return Tables.GUEST;
    }

    /** DomainID, or {@link #NO_DOMAIN}. */
    int domain() {
        return domain;
    }

    /** Bits of {@link Access} that count in the tables. */
    int wanted() {
        return wanted;
    }

    /** PASID whose guest tables translate. */
    int guestPasid() {
        return guestPasid;
    }

    /** See {@link Tags}; without the privilege. */
    long tag() {
        return tag;
    }

    /** Tag of finished translations. */
    long ownTag() {
        return Tags.withPrivilege(tag, (wanted & Access.PRIVILEGED) != 0);
    }

    /** Whether host tables have the last word, so that the leaf is one of theirs. */
    boolean endsInHostTables() {
        return tag != 0 && (tag & Tags.KIND) != Tags.GUEST;
    }
}
