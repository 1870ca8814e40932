package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;
import svasim.iommu.core.QueueCommand;
import svasim.pcie.tlp.PasidPrefix;

/**
 * A command, 16 bytes (4.1): drivers make it, the unit reads its fields, of which those count that
 * the opcode has. All translations of drivers have VMID 0 where none is named.
 */
public record Command(long word0, long word1) implements QueueCommand {
    public static final int BYTES = 16;

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

    // Resp; 0 is a failure.
    static final int INVALID_REQUEST = 1;
    static final int SUCCESS = 2;

    private static final long RETRY = 1 << 12;
    private static final long ABORT = 1 << 13;
    private static final long SIGNAL_MESSAGE = 1 << 12;
    private static final long SIGNAL_EVENT = 2 << 12;

    /** Inner shareable, write-back. */
    private static final long MESSAGE_ATTRIBUTES = 3L << 22 | 15L << 24;

    int opcode() {
        return Bits.small(word0, 7, 0);
    }

    /** Global, of an ATC invalidation. */
    boolean global() {
        return Bits.bit(word0, 9);
    }

    boolean secure() {
        return Bits.bit(word0, 10);
    }

    boolean substreamValid() {
        return Bits.bit(word0, 11);
    }

    int substreamId() {
        return Bits.small(word0, 31, 12);
    }

    /** SubstreamID, or {@code PasidPrefix.NONE} if SSV is 0. */
    int pasid() {
        return substreamValid() ? substreamId() : PasidPrefix.NONE;
    }

    int streamId() {
        return (int) Bits.field(word0, 63, 32);
    }

    boolean leaf() {
        return Bits.bit(word1, 0);
    }

    /** Range, of an invalidation of stream table entries: 2^(Range+1) StreamIDs. */
    int range() {
        return Bits.small(word1, 4, 0);
    }

    int num() {
        return Bits.small(word0, 16, 12);
    }

    /** SCALE, which has a sixth bit where tables hold addresses of 52 bits (DS). */
    int scale(boolean wide) {
        return Bits.small(word0, wide ? 25 : 24, 20);
    }

    int vmid() {
        return Bits.small(word0, 47, 32);
    }

    int asid() {
        return Bits.small(word0, 63, 48);
    }

    int ttl() {
        return Bits.small(word1, 9, 8);
    }

    int tg() {
        return Bits.small(word1, 11, 10);
    }

    /** Bits 63:12 of an input address. */
    long address() {
        return Bits.inPlace(word1, 63, 12);
    }

    /** Bits 51:12 of an intermediate address. */
    long intermediateAddress() {
        return Bits.inPlace(word1, 51, 12);
    }

    /** Size of an ATC invalidation: log2 of the number of 4 KiB pages. */
    int atcSize() {
        return Bits.small(word1, 5, 0);
    }

    int prgIndex() {
        return Bits.small(word1, 8, 0);
    }

    /** Resp, of an answer to a page request. */
    int response() {
        return Bits.small(word1, 13, 12);
    }

    /** Ac: the stalled transaction is tried again. */
    boolean retry() {
        return Bits.bit(word0, 12);
    }

    /** Ab: a transaction that is not tried again is aborted. */
    boolean abort() {
        return Bits.bit(word0, 13);
    }

    int stallTag() {
        return Bits.small(word1, 15, 0);
    }

    /** CS: how the completion of a synchronisation is signalled. */
    int completionSignal() {
        return Bits.small(word0, 13, 12);
    }

    int msiData() {
        return (int) Bits.field(word0, 63, 32);
    }

    long msiAddress() {
        return Bits.inPlace(word1, 55, 2);
    }

    /** The entry of one stream. */
    public static Command stream(int streamId) {
        return new Command(Opcode.CFGI_STE.code() | stream64(streamId), LEAF);
    }

    public static Command allConfiguration() {
        return new Command(Opcode.CFGI_STE_RANGE.code(), ALL_STREAMS);
    }

    /**
     * A context descriptor.
     *
     * @param leaf false if the descriptor of its table may be cached too
     */
    public static Command context(int streamId, int substreamId, boolean leaf) {
        long word =
                Opcode.CFGI_CD.code() | stream64(streamId) | (long) substreamId << SUBSTREAM_SHIFT;
        return new Command(word, leaf ? LEAF : 0);
    }

    /** Every context descriptor of a stream. */
    public static Command contexts(int streamId) {
        return new Command(Opcode.CFGI_CD_ALL.code() | stream64(streamId), 0);
    }

    public static Command tlbOfAsid(int asid) {
        return new Command(Opcode.TLBI_NH_ASID.code() | (long) asid << ASID_SHIFT, 0);
    }

    /** One page of an ASID, with the tables above it. */
    public static Command tlbOfPage(int asid, long address) {
        return new Command(Opcode.TLBI_NH_VA.code() | (long) asid << ASID_SHIFT, address);
    }

    /** A range of {@code number << scale} pages of an ASID, with the tables above them. */
    public static Command tlbOfRange(int asid, long address, int number, int scale) {
        return new Command(
                Opcode.TLBI_NH_VA.code()
                        | (long) asid << ASID_SHIFT
                        | (long) (number - 1) << NUM_SHIFT
                        | (long) scale << SCALE_SHIFT,
                address | GRANULE_4K);
    }

    /** Stage-1 translations of a VMID. */
    public static Command tlbOfGuest(int vmid) {
        return new Command(Opcode.TLBI_NH_ALL.code() | (long) vmid << VMID_SHIFT, 0);
    }

    /** Stage-2 translations of one page of a VMID, with the tables above it. */
    public static Command tlbOfIntermediatePage(int vmid, long address) {
        return new Command(Opcode.TLBI_S2_IPA.code() | (long) vmid << VMID_SHIFT, address);
    }

    /** The same for a VMID other than 0. */
    public Command ofVmid(int vmid) {
        return new Command(word0 | (long) vmid << VMID_SHIFT, word1);
    }

    public static Command tlbOfEl2() {
        return new Command(Opcode.TLBI_EL2_ALL.code(), 0);
    }

    public static Command tlbOfVmid(int vmid) {
        return new Command(Opcode.TLBI_S12_VMALL.code() | (long) vmid << VMID_SHIFT, 0);
    }

    public static Command tlbOfEverything() {
        return new Command(Opcode.TLBI_NSNH_ALL.code(), 0);
    }

    /**
     * A block in a device's translation cache.
     *
     * @param pasid negative for translations without PASID
     */
    public static Command atc(int streamId, int pasid, Block block) {
        return new Command(
                Opcode.ATC_INV.code() | stream64(streamId) | substream(pasid),
                block.start() | block.order());
    }

    public static Command response(int streamId, int pasid, int index, PageResponse response) {
        long code =
                switch (response) {
                    case SUCCESS -> SUCCESS;
                    case INVALID_REQUEST -> INVALID_REQUEST;
                    case FAILURE -> 0;
                };
        return new Command(
                Opcode.PRI_RESP.code() | stream64(streamId) | substream(pasid),
                index | code << RESPONSE_SHIFT);
    }

    /** Tries a stalled transaction again. */
    public static Command retry(int streamId, int stallTag) {
        return new Command(Opcode.RESUME.code() | stream64(streamId) | RETRY, stallTag);
    }

    /** Aborts a stalled transaction. */
    public static Command abort(int streamId, int stallTag) {
        return new Command(Opcode.RESUME.code() | stream64(streamId) | ABORT, stallTag);
    }

    /** A synchronisation that writes 0 to a word of memory. */
    public static Command syncByMessage(long address) {
        return new Command(Opcode.SYNC.code() | SIGNAL_MESSAGE | MESSAGE_ATTRIBUTES, address);
    }

    /** A synchronisation of which only the consumer index tells. */
    public static Command sync() {
        return new Command(Opcode.SYNC.code() | SIGNAL_EVENT, 0);
    }

    private static long stream64(int streamId) {
        return Integer.toUnsignedLong(streamId) << 32;
    }

    private static long substream(int pasid) {
        return pasid == PasidPrefix.NONE ? 0 : SSV | (long) pasid << SUBSTREAM_SHIFT;
    }
}
