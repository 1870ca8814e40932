package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Record of the event queue, 32 bytes (7.3). */
public record EventRecord(long w0, long w1, long w2, long w3) {
    public static final int BYTES = 32;

    /** Stands for "not stalled" where a stall tag is asked for. */
    static final int NO_TAG = -1;

    private static final int SSV = 11;
    private static final int STALL = 31;
    private static final int PNU = 33;
    private static final int IND = 34;
    private static final int RNW = 35;
    private static final int S2 = 39;
    private static final int CLASS_SHIFT = 40;
    private static final int TTRNW = 44;

    // E_PAGE_REQUEST: rights of unprivileged software, and how far those of privileged lie above.
    private static final int HINT_EXECUTE = 34;
    private static final int HINT_READ = 35;
    private static final int HINT_WRITE = 36;
    private static final int HINT_PRIVILEGED = 3;
    private static final int HINT_SPAN_SHIFT = 44;

    /**
     * Encodes the record of a fault.
     *
     * @param pasid SubstreamID of the transaction, or {@code PasidPrefix.NONE}
     * @param stallTag STAG if the transaction is stalled, else {@link #NO_TAG}
     */
    static EventRecord of(Fault fault, int streamId, int pasid, int stallTag) {
        return new EventRecord(
                who(fault.event(), streamId, pasid),
                how(fault, stallTag),
                address(fault),
                where(fault));
    }

    /** E_PAGE_REQUEST: which rights to one page a device would like to have. */
    static EventRecord hint(Tlp.PageRequest request) {
        PasidPrefix prefix = request.pasid();
        boolean privileged = prefix != null && prefix.privileged();
        long rights =
                Bits.flag(request.read(), HINT_READ)
                        | Bits.flag(request.write(), HINT_WRITE)
                        | Bits.flag(prefix != null && prefix.execute(), HINT_EXECUTE);
        return new EventRecord(
                who(Event.E_PAGE_REQUEST, request.requesterId(), PasidPrefix.number(prefix)),
                (privileged ? rights << HINT_PRIVILEGED : rights) | 1L << HINT_SPAN_SHIFT,
                Bits.inPlace(request.pageAddress(), 63, 12),
                0);
    }

    int code() {
        return Bits.small(w0, 7, 0);
    }

    public int streamId() {
        return (int) Bits.field(w0, 63, 32);
    }

    /** Stall: the transaction waits for a CMD_RESUME with {@link #stallTag}. */
    public boolean stalled() {
        return Bits.bit(w1, STALL);
    }

    public int stallTag() {
        return Bits.small(w1, 15, 0);
    }

    /** SubstreamID, or {@code PasidPrefix.NONE}. */
    public int pasid() {
        return Bits.bit(w0, SSV) ? Bits.small(w0, 31, 12) : PasidPrefix.NONE;
    }

    public boolean privileged() {
        return Bits.bit(w1, PNU);
    }

    /** What the transaction wanted, of {@link Access}, without whether it was privileged. */
    public int access() {
        int execute = Bits.bit(w1, IND) ? Access.EXECUTE : 0;
        return (Bits.bit(w1, RNW) ? Access.READ : Access.WRITE) | execute;
    }

    /** The page of the address. */
    public long page() {
        return Bits.inPlace(w2, 63, 12);
    }

    private static long who(Event event, int streamId, int pasid) {
        long word = event.code() | (long) streamId << 32;
        if (pasid == PasidPrefix.NONE) {
            return word;
        }
        boolean alwaysValid = event == Event.C_BAD_SUBSTREAMID;
        return word | Bits.flag(!alwaysValid, SSV) | (long) pasid << 12;
    }

    private static long how(Fault fault, int stallTag) {
        return switch (fault.event()) {
            case F_TRANSL_FORBIDDEN -> Bits.flag(fault.read(), RNW);
            case F_UUT, F_TLB_CONFLICT -> attributes(fault);
            case F_WALK_EABT -> attributes(fault) | stage(fault);
            case F_TRANSLATION, F_ADDR_SIZE, F_ACCESS ->
                    attributes(fault) | stage(fault) | stall(stallTag);
            case F_PERMISSION ->
                    attributes(fault) | stage(fault) | stall(stallTag) | tableRead(fault);
            default -> 0;
        };
    }

    private static long attributes(Fault fault) {
        return Bits.flag((fault.access() & Access.PRIVILEGED) != 0, PNU)
                | Bits.flag((fault.access() & Access.EXECUTE) != 0, IND)
                | Bits.flag(fault.read(), RNW);
    }

    private static long stage(Fault fault) {
        return Bits.flag(fault.stage2(), S2) | (long) fault.faultClass() << CLASS_SHIFT;
    }

    private static long stall(int tag) {
        return tag == NO_TAG ? 0 : 1L << STALL | tag;
    }

    private static long tableRead(Fault fault) {
        return Bits.flag(fault.faultClass() == Fault.CLASS_TABLE && fault.tableRead(), TTRNW);
    }

    private static long address(Fault fault) {
        return switch (fault.event()) {
            case F_UUT,
                    F_BAD_ATS_TREQ,
                    F_TRANSL_FORBIDDEN,
                    F_WALK_EABT,
                    F_TRANSLATION,
                    F_ADDR_SIZE,
                    F_ACCESS,
                    F_PERMISSION,
                    F_TLB_CONFLICT ->
                    fault.address();
            default -> 0;
        };
    }

    private static long where(Fault fault) {
        return switch (fault.event()) {
            case F_STE_FETCH, F_CD_FETCH, F_WALK_EABT, F_VMS_FETCH ->
                    Bits.inPlace(fault.where(), 55, 3);
            case F_TRANSLATION, F_ADDR_SIZE, F_ACCESS, F_PERMISSION ->
                    fault.stage2() ? Bits.inPlace(fault.where(), 55, 12) : 0;
            default -> 0;
        };
    }
}
