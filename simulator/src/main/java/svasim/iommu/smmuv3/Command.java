package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/** Fields of a command, 16 bytes (4.1); which of them count depends on the opcode. */
record Command(long w0, long w1) {
    static final int BYTES = 16;

    int opcode() {
        return Bits.small(w0, 7, 0);
    }

    /** Global, of an ATC invalidation. */
    boolean global() {
        return Bits.bit(w0, 9);
    }

    boolean secure() {
        return Bits.bit(w0, 10);
    }

    boolean substreamValid() {
        return Bits.bit(w0, 11);
    }

    int substreamId() {
        return Bits.small(w0, 31, 12);
    }

    /** SubstreamID, or {@code PasidPrefix.NONE} if SSV is 0. */
    int pasid() {
        return substreamValid() ? substreamId() : svasim.pcie.tlp.PasidPrefix.NONE;
    }

    int streamId() {
        return (int) Bits.field(w0, 63, 32);
    }

    boolean leaf() {
        return Bits.bit(w1, 0);
    }

    /** Range, of an invalidation of stream table entries: 2^(Range+1) StreamIDs. */
    int range() {
        return Bits.small(w1, 4, 0);
    }

    int num() {
        return Bits.small(w0, 16, 12);
    }

    /** SCALE, which has a sixth bit where tables hold addresses of 52 bits (DS). */
    int scale(boolean wide) {
        return Bits.small(w0, wide ? 25 : 24, 20);
    }

    int vmid() {
        return Bits.small(w0, 47, 32);
    }

    int asid() {
        return Bits.small(w0, 63, 48);
    }

    int ttl() {
        return Bits.small(w1, 9, 8);
    }

    int tg() {
        return Bits.small(w1, 11, 10);
    }

    /** Bits 63:12 of an input address. */
    long address() {
        return Bits.inPlace(w1, 63, 12);
    }

    /** Bits 51:12 of an intermediate address. */
    long intermediateAddress() {
        return Bits.inPlace(w1, 51, 12);
    }

    /** Size of an ATC invalidation: log2 of the number of 4 KiB pages. */
    int atcSize() {
        return Bits.small(w1, 5, 0);
    }

    int prgIndex() {
        return Bits.small(w1, 8, 0);
    }

    /** Resp, of an answer to a page request. */
    int response() {
        return Bits.small(w1, 13, 12);
    }

    /** Ac: the stalled transaction is tried again. */
    boolean retry() {
        return Bits.bit(w0, 12);
    }

    /** Ab: a transaction that is not tried again is aborted. */
    boolean abort() {
        return Bits.bit(w0, 13);
    }

    int stallTag() {
        return Bits.small(w1, 15, 0);
    }

    /** CS: how the completion of a synchronisation is signalled. */
    int completionSignal() {
        return Bits.small(w0, 13, 12);
    }

    int msiData() {
        return (int) Bits.field(w0, 63, 32);
    }

    long msiAddress() {
        return Bits.inPlace(w1, 55, 2);
    }
}
