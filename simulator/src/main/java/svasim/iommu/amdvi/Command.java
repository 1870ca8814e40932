package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.TranslationEntry;

/** Fields of a command, 16 bytes (5); which of them count depends on the opcode. */
record Command(long q0, long q1) {
    private static final int PAGE_SHIFT = 12;

    int opcode() {
        return (int) Bits.field(q0, 63, 60);
    }

    int deviceId() {
        return Bits.small(q0, 15, 0);
    }

    /** S of a completion wait: data is stored. */
    boolean stores() {
        return Bits.bit(q0, 0);
    }

    /** I of a completion wait. */
    boolean interrupts() {
        return Bits.bit(q0, 1);
    }

    long storeAddress() {
        return Bits.inPlace(q0, 51, 3);
    }

    long storeData() {
        return q1;
    }

    int domain() {
        return Bits.small(q0, 47, 32);
    }

    /** PASID of an invalidation of the unit's own pages. */
    int pasid() {
        return Bits.small(q0, 19, 0);
    }

    /** S: the address holds the size of the range. */
    boolean sized() {
        return Bits.bit(q1, 0);
    }

    /** PDE: tables are forgotten too. */
    boolean tables() {
        return Bits.bit(q1, 1);
    }

    /** GN: the command is about guest translations, or a request with PASID. */
    boolean guest() {
        return Bits.bit(q1, 2);
    }

    /** Address with its size code. */
    long address() {
        return Bits.inPlace(q1, 63, PAGE_SHIFT);
    }

    /** log2 of the range that is invalidated; an address without a 0 covers everything too. */
    int rangeShift() {
        int coded = TranslationEntry.shift(address() | TranslationEntry.SIZE);
        return sized() ? Math.min(coded, TranslationEntry.EVERYTHING) : PAGE_SHIFT;
    }

    /** MaxPend: invalidations that may be under way for a queue of a device. */
    int maxPending() {
        return Bits.small(q0, 31, 24);
    }

    int queueId() {
        return Bits.small(q0, 47, 32);
    }

    /** Type of an invalidation of a device's IOTLB. */
    int iotlbType() {
        return Bits.small(q1, 5, 4);
    }

    /** PASID of an invalidation of a device's IOTLB, which lies in three places; null without. */
    PasidPrefix iotlbPasid() {
        long pasid =
                Bits.field(q0, 55, 48) | Bits.field(q0, 23, 16) << 8 | Bits.field(q0, 59, 56) << 16;
        return guest() ? new PasidPrefix((int) pasid) : null;
    }

    /** PASID of an answer to page requests; null without. */
    PasidPrefix responsePasid() {
        return guest() ? new PasidPrefix(Bits.small(q0, 51, 32)) : null;
    }

    /** PFCount. */
    int prefetchCount() {
        return Bits.small(q0, 31, 24);
    }

    /** PASID of a prefetch; NONE without. */
    int prefetchPasid() {
        return guest() ? Bits.small(q0, 51, 32) : PasidPrefix.NONE;
    }

    /** Inval: what is known of the pages is to be read anew. */
    boolean prefetchInvalidates() {
        return Bits.bit(q1, 4);
    }

    int groupIndex() {
        return Bits.small(q1, 40, 32);
    }

    /** Status of an answer to page requests. */
    int responseStatus() {
        return Bits.small(q1, 47, 44);
    }
}
