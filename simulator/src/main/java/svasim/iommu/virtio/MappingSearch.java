package svasim.iommu.virtio;

import svasim.paging.Walk;

/**
 * The search in the device's own mappings: no table in memory is read, so that it takes the time of
 * a walk without reads.
 */
final class MappingSearch implements Walk {
    @Override
    public Step next() {
        return Step.DONE;
    }

    @Override
    public long address() {
        throw neverReads();
    }

    @Override
    public int bytes() {
        throw neverReads();
    }

    @Override
    public void data(long low, long high) {
        throw neverReads();
    }

    @Override
    public void unreadable() {
        throw neverReads();
    }

    @Override
    public long expected() {
        throw neverReads();
    }

    @Override
    public long replacement() {
        throw neverReads();
    }

    @Override
    public void updated(boolean won) {
        throw neverReads();
    }

    private static IllegalStateException neverReads() {
        return new IllegalStateException("a search of mappings reads no memory");
    }
}
