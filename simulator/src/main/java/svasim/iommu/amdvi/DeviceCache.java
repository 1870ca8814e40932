package svasim.iommu.amdvi;

import svasim.memory.TaggedCache;

/** Device table entries by DeviceID. Only legal ones are kept, decoded. */
final class DeviceCache {
    private static final int EXACTLY_ONE = 0;

    private final TaggedCache tags;
    private final Device[] devices;

    DeviceCache(TaggedCache tags) {
        this.tags = tags;
        this.devices = new Device[tags.slots()];
    }

    TaggedCache tags() {
        return tags;
    }

    /** The device, or null if it is not cached. */
    Device find(int deviceId) {
        int slot = tags.find(0, deviceId);
        return slot == TaggedCache.MISS ? null : devices[slot];
    }

    /**
     * @param lookUp that has read it
     */
    void keep(int deviceId, Device device, long lookUp) {
        int slot = tags.insert(0, deviceId, EXACTLY_ONE, lookUp);
        if (slot != TaggedCache.MISS) {
            devices[slot] = device;
        }
    }

    /** Returns the number of entries removed. */
    int drop(int deviceId) {
        return tags.invalidate(0, 0, deviceId, EXACTLY_ONE);
    }

    int clear() {
        return tags.clear();
    }
}
