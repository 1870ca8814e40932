package svasim.iommu.virtio;

import svasim.iommu.core.Inquiry;
import svasim.iommu.core.RequestKind;
import svasim.iommu.core.TranslationCache;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.Walk;

/**
 * One access of an endpoint (reference virtio-iommu.md 2 and 6): reserved region, bypass, cached
 * translation, mapping.
 */
final class EndpointAccess extends Inquiry {
    private static final int PAGE_SHIFT = 12;
    private static final int EVERYTHING = Access.READ | Access.WRITE | Access.EXECUTE;

    private final Lookups lookups;
    private final MappingSearch search = new MappingSearch();

    private Domain domain;
    private boolean answered;
    private FaultReason fault;
    private long output;
    private int pageShift;
    private int permissions;

    EndpointAccess(Lookups lookups) {
        this.lookups = lookups;
    }

    /** Tag of a domain's translations. */
    static long tag(int domain) {
        return Integer.toUnsignedLong(domain);
    }

    @Override
    protected void begin() {
        domain = null;
        answered = false;
        fault = null;
        permissions = 0;
    }

    @Override
    protected Progress proceed(long nowPs) {
        if (!answered && domain == null) {
            route();
        }
        if (!answered && !servedFromCache()) {
            return Progress.WALK;
        }
        return Progress.ANSWERED;
    }

    private void route() {
        ReservedRegion region = lookups.config().reservedAt(address());
        if (kind() == RequestKind.TRANSLATED || hasPasid()) {
            refuse(FaultReason.UNKNOWN);
        } else if (region != null) {
            enterReserved(region);
        } else {
            routeEndpoint();
        }
    }

    private void enterReserved(ReservedRegion region) {
        if (region.doorbell()) {
            identity();
        } else {
            refuse(FaultReason.MAPPING);
        }
    }

    private void routeEndpoint() {
        boolean known = lookups.config().known(requesterId());
        domain = known ? lookups.domains().of(requesterId()) : null;
        if (domain == null ? known && lookups.device().bypasses() : domain.bypass()) {
            identity();
        } else if (domain == null) {
            refuse(FaultReason.DOMAIN);
        }
    }

    private boolean servedFromCache() {
        TranslationCache cache = lookups.translations();
        int slot = cache.find(tag(domain.id()), address());
        if (slot == TaggedCache.MISS || !cache.serves(slot, wanted())) {
            return false;
        }
        translated(cache.output(slot, address()), cache.shift(slot), cache.permissions(slot));
        return true;
    }

    /** A zero-length read is a read, an instruction fetch too. */
    private int wanted() {
        return access() & (Access.READ | Access.WRITE);
    }

    @Override
    protected Walk walk() {
        return search;
    }

    @Override
    protected long mergeTag() {
        return tag(domain.id());
    }

    @Override
    protected long mergeAddress() {
        return address() >>> lookups.granuleShift();
    }

    @Override
    protected void walked(Walk.Step end) {
        Mapping mapping = domain.at(address());
        if (mapping == null || (wanted() & ~mapping.permissions()) != 0) {
            refuse(FaultReason.MAPPING);
            return;
        }
        int shift = mapping.pieceShift(address(), lookups.pageSizes());
        translated(mapping.output(address()), shift, mapping.permissions());
        lookups.translations()
                .fill(tag(domain.id()), address(), shift, output, permissions, true, 0, this);
    }

    private void identity() {
        translated(address(), PAGE_SHIFT, EVERYTHING);
    }

    private void translated(long to, int shift, int granted) {
        output = to;
        pageShift = shift;
        permissions = granted;
        answered = true;
    }

    private void refuse(FaultReason why) {
        fault = why;
        answered = true;
    }

    /** Why the access was refused, or null. */
    FaultReason fault() {
        return fault;
    }

    /** The endpoint's domain, or null. */
    Domain domain() {
        return domain;
    }

    long output() {
        return output;
    }

    int pageShift() {
        return pageShift;
    }

    int permissions() {
        return permissions;
    }
}
