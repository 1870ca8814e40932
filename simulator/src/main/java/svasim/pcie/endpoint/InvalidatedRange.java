package svasim.pcie.endpoint;

import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/**
 * What an Invalidate Request is about.
 *
 * @param pasid {@link PasidPrefix#NONE}: translations made without PASID
 * @param global every PASID
 * @param base first address
 * @param shift log2 of the size, up to {@link TranslationEntry#EVERYTHING}
 */
record InvalidatedRange(int pasid, boolean global, long base, int shift) {
    /**
     * The range of a request; smaller ones are rounded up to the smallest translation unit. The
     * Global bit means nothing without a PASID or if the function does not support it.
     */
    static InvalidatedRange of(Tlp.InvalidateRequest request, int unitShift, boolean globals) {
        long code = request.address() | (request.sized() ? TranslationEntry.SIZE : 0);
        int shift = Math.max(TranslationEntry.shift(code), unitShift);
        long base = shift >= TranslationEntry.EVERYTHING ? 0 : request.address() & -1L << shift;
        boolean global = globals && request.global() && request.pasid() != null;
        return new InvalidatedRange(PasidPrefix.number(request.pasid()), global, base, shift);
    }

    /** Whether a translation of the page for the address space must go. */
    boolean covers(PasidPrefix prefix, long page) {
        return isFor(prefix) && meets(page, 0);
    }

    /** Whether it is about the address space, or about an entry that holds for all of them. */
    boolean concerns(PasidPrefix prefix, long entry) {
        boolean everybodys = prefix != null && (entry & TranslationEntry.GLOBAL) != 0;
        return isFor(prefix) || everybodys && pasid != PasidPrefix.NONE;
    }

    /** Whether it has an address in common with an aligned range of 2^size bytes. */
    boolean meets(long address, int size) {
        int larger = Math.max(shift, size);
        return larger >= TranslationEntry.EVERYTHING || (address ^ base) >>> larger == 0;
    }

    private boolean isFor(PasidPrefix prefix) {
        return PasidPrefix.number(prefix) == pasid || global && prefix != null;
    }
}
