package svasim.iommu.amdvi;

import svasim.memory.TaggedCache;
import svasim.paging.Stage;

/** Guest tables by DeviceID and PASID: what GCR3 tables said. */
final class GuestRootCache {
    /** Words of an entry: the address space, as {@link Tags#space} names it. */
    static final int WORDS = 1;

    private static final int EXACTLY_ONE = 0;

    private final TaggedCache tags;
    private final Stage[] guests;

    /**
     * @param tags with {@link #WORDS} words an entry
     */
    GuestRootCache(TaggedCache tags) {
        this.tags = tags;
        this.guests = new Stage[tags.slots()];
    }

    TaggedCache tags() {
        return tags;
    }

    /** The guest tables, or null if they are not cached. */
    Stage find(int deviceId, int pasid) {
        int slot = tags.find(pasid, deviceId);
        return slot == TaggedCache.MISS ? null : guests[slot];
    }

    /**
     * @param lookUp that has read it
     */
    void keep(int deviceId, int pasid, int domain, Stage guest, long lookUp) {
        int slot = tags.insert(pasid, deviceId, EXACTLY_ONE, lookUp);
        if (slot != TaggedCache.MISS) {
            tags.word(slot, 0, Tags.space(domain, pasid));
            guests[slot] = guest;
        }
    }

    /** Forgets all PASIDs of a device; returns the number of entries removed. */
    int dropDevice(int deviceId) {
        return tags.invalidate(0, 0, deviceId, EXACTLY_ONE);
    }

    int dropPasid(int domain, int pasid) {
        return tags.invalidateWord(0, 0, 0, Tags.space(domain, pasid), -1L);
    }

    int dropDomain(int domain) {
        return tags.invalidateWord(0, 0, 0, domain, Tags.DOMAIN);
    }

    int clear() {
        return tags.clear();
    }
}
