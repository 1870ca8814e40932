package svasim.iommu.virtio;

import svasim.paging.Access;

/**
 * What a MAP request has mapped.
 *
 * @param start first input address
 * @param end last input address
 * @param physical output address of the first
 * @param permissions bits of {@link Access}; data may be executed where it may be read
 */
record Mapping(long start, long end, long physical, int permissions) {
    long output(long address) {
        return address - start + physical;
    }

    /**
     * log2 of the largest piece around an address that lies in the mapping whole, whose output is
     * aligned like its input, and whose size is a page size.
     */
    int pieceShift(long address, long pageSizes) {
        int shift = Long.numberOfTrailingZeros(pageSizes);
        int aligned = Long.numberOfTrailingZeros(start ^ physical);
        for (int larger = shift + 1; larger < Long.SIZE - 1 && larger <= aligned; larger++) {
            if ((pageSizes >>> larger & 1) != 0 && holds(address, larger)) {
                shift = larger;
            }
        }
        return shift;
    }

    private boolean holds(long address, int shift) {
        long first = address & -1L << shift;
        long last = first + (1L << shift) - 1;
        return Long.compareUnsigned(first, start) >= 0 && Long.compareUnsigned(last, end) <= 0;
    }

    static int permissions(boolean read, boolean write) {
        return (read ? Access.READ | Access.EXECUTE : 0) | (write ? Access.WRITE : 0);
    }
}
