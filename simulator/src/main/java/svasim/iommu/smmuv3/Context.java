package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.paging.Stage;

/**
 * A legal context descriptor as translation uses it.
 *
 * @param descriptor the words
 * @param low stage 1 of TTB0, or null if its walks are disabled
 * @param high stage 1 of TTB1, or null
 * @param asid tag of its translations, 0 in a world without ASIDs
 */
record Context(ContextDescriptor descriptor, Stage low, Stage high, int asid) {
    private static final int SELECT = 55;
    private static final int TOP_BYTE = 8;

    /** 1 for an address in the half of TTB1 of a world that has one. */
    static int half(long address, World world) {
        return world.hasHighHalf() && Bits.bit(address, SELECT) ? 1 : 0;
    }

    Stage stage(int half) {
        return half == 0 ? low : high;
    }

    /** The address as it is looked up and tagged: a top byte that is ignored follows bit 55. */
    long canonical(long address, int half) {
        return descriptor.topByteIgnored(half) ? address << TOP_BYTE >> TOP_BYTE : address;
    }
}
