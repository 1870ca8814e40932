package svasim.iommu.amdvi;

import svasim.iommu.core.TranslationCache;
import svasim.paging.TableWalk;

/** What a request is answered with: an address and what may be done there, or a fault. */
final class Result {
    private static final int PAGE_SHIFT = 12;

    private Fault fault;
    private long output;
    private int pageShift;
    private int permissions;
    private boolean dirtyKnown;
    private long leaf;

    void clear() {
        fault = null;
        output = 0;
        pageShift = 0;
        permissions = 0;
        dirtyKnown = true;
        leaf = 0;
    }

    void refuse(Fault why) {
        fault = why;
    }

    /** The address passes untranslated. */
    void identity(long address, int granted) {
        output = address;
        pageShift = PAGE_SHIFT;
        permissions = granted;
    }

    /** A translation that was remembered. */
    void cached(TranslationCache iotlb, int slot, long address) {
        output = iotlb.output(slot, address);
        pageShift = iotlb.shift(slot);
        permissions = iotlb.permissions(slot);
        dirtyKnown = iotlb.dirtyKnown(slot);
        leaf = iotlb.leaf(slot);
    }

    /** A walk has ended well. */
    void walked(TableWalk tables) {
        output = tables.output();
        pageShift = tables.pageShift();
        permissions = tables.permissions();
        dirtyKnown = tables.dirtyKnown();
        leaf = tables.leaf();
    }

    /** Why the request was refused, or null. */
    Fault fault() {
        return fault;
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
