package svasim.os.iommu.smmuv3;

import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;
import svasim.iommu.core.QueueCommand;
import svasim.pcie.tlp.PasidPrefix;

/** A command as the driver writes it (SMMUv3 reference, 8). All translations have VMID 0. */
record Command(long word0, long word1) implements QueueCommand {
    private static final int CFGI_STE = 0x03;
    private static final int CFGI_STE_RANGE = 0x04;
    private static final int CFGI_CD = 0x05;
    private static final int TLBI_NH_ASID = 0x11;
    private static final int TLBI_NH_VA = 0x12;
    private static final int TLBI_EL2_ALL = 0x20;
    private static final int TLBI_S12_VMALL = 0x28;
    private static final int TLBI_NSNH_ALL = 0x30;
    private static final int ATC_INV = 0x40;
    private static final int PRI_RESP = 0x41;
    private static final int RESUME = 0x44;
    private static final int SYNC = 0x46;

    private static final long SSV = 1 << 11;
    private static final long LEAF = 1;
    private static final long ALL_STREAMS = 31;
    private static final int SUBSTREAM_SHIFT = 12;
    private static final int VMID_SHIFT = 32;
    private static final int ASID_SHIFT = 48;
    private static final int NUM_SHIFT = 12;
    private static final int SCALE_SHIFT = 20;
    private static final long GRANULE_4K = 1 << 10;
    private static final int RESPONSE_SHIFT = 12;
    private static final long RETRY = 1 << 12;
    private static final long ABORT = 1 << 13;
    private static final long SIGNAL_MESSAGE = 1 << 12;
    private static final long SIGNAL_EVENT = 2 << 12;

    /** Inner shareable, write-back. */
    private static final long MESSAGE_ATTRIBUTES = 3L << 22 | 15L << 24;

    /** The entry of one stream. */
    static Command stream(int streamId) {
        return new Command(CFGI_STE | stream64(streamId), LEAF);
    }

    static Command allConfiguration() {
        return new Command(CFGI_STE_RANGE, ALL_STREAMS);
    }

    /**
     * A context descriptor.
     *
     * @param leaf false if the descriptor of its table may be cached too
     */
    static Command context(int streamId, int substreamId, boolean leaf) {
        long word = CFGI_CD | stream64(streamId) | (long) substreamId << SUBSTREAM_SHIFT;
        return new Command(word, leaf ? LEAF : 0);
    }

    static Command tlbOfAsid(int asid) {
        return new Command(TLBI_NH_ASID | (long) asid << ASID_SHIFT, 0);
    }

    /** One page of an ASID, with the tables above it. */
    static Command tlbOfPage(int asid, long address) {
        return new Command(TLBI_NH_VA | (long) asid << ASID_SHIFT, address);
    }

    /** A range of {@code number << scale} pages of an ASID, with the tables above them. */
    static Command tlbOfRange(int asid, long address, int number, int scale) {
        return new Command(
                TLBI_NH_VA
                        | (long) asid << ASID_SHIFT
                        | (long) (number - 1) << NUM_SHIFT
                        | (long) scale << SCALE_SHIFT,
                address | GRANULE_4K);
    }

    static Command tlbOfEl2() {
        return new Command(TLBI_EL2_ALL, 0);
    }

    static Command tlbOfVmid(int vmid) {
        return new Command(TLBI_S12_VMALL | (long) vmid << VMID_SHIFT, 0);
    }

    static Command tlbOfEverything() {
        return new Command(TLBI_NSNH_ALL, 0);
    }

    /**
     * A block in a device's translation cache.
     *
     * @param pasid negative for translations without PASID
     */
    static Command atc(int streamId, int pasid, Block block) {
        return new Command(
                ATC_INV | stream64(streamId) | substream(pasid), block.start() | block.order());
    }

    static Command response(int streamId, int pasid, int index, PageResponse response) {
        long code =
                switch (response) {
                    case SUCCESS -> 2;
                    case INVALID_REQUEST -> 1;
                    case FAILURE -> 0;
                };
        return new Command(
                PRI_RESP | stream64(streamId) | substream(pasid), index | code << RESPONSE_SHIFT);
    }

    /** Tries a stalled transaction again. */
    static Command retry(int streamId, int stallTag) {
        return new Command(RESUME | stream64(streamId) | RETRY, stallTag);
    }

    /** Aborts a stalled transaction. */
    static Command abort(int streamId, int stallTag) {
        return new Command(RESUME | stream64(streamId) | ABORT, stallTag);
    }

    /** A synchronisation that writes 0 to a word of memory. */
    static Command syncByMessage(long address) {
        return new Command(SYNC | SIGNAL_MESSAGE | MESSAGE_ATTRIBUTES, address);
    }

    /** A synchronisation of which only the consumer index tells. */
    static Command sync() {
        return new Command(SYNC | SIGNAL_EVENT, 0);
    }

    private static long stream64(int streamId) {
        return Integer.toUnsignedLong(streamId) << 32;
    }

    private static long substream(int pasid) {
        return pasid == PasidPrefix.NONE ? 0 : SSV | (long) pasid << SUBSTREAM_SHIFT;
    }
}
