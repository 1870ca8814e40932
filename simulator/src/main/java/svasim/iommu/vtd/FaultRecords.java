package svasim.iommu.vtd;

import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.RequestKind;
import svasim.iommu.core.Surroundings;
import svasim.paging.Access;
import svasim.trace.Kind;

/** The ring of fault recording registers (VT-d 5.10, 7.3 and 11.4.14). */
final class FaultRecords implements RegisterBlock {
    private static final int BYTES = 16;
    private static final long PAGE = -1L << 12;

    // Words of 32 bits in the upper half of a record, and bits of the whole half.
    private static final int LAST_WORD = 12;
    private static final int FAULT_IN_LAST_WORD = 1 << 31;
    private static final long FAULT = 1L << 63;
    private static final long READ = 1L << 62;
    private static final int ADDRESS_TYPE_SHIFT = 60;
    private static final int PASID_SHIFT = 40;
    private static final int REASON_SHIFT = 32;
    private static final long PASID_PRESENT = 1L << 31;
    private static final long EXECUTE = 1L << 30;
    private static final long PRIVILEGED = 1L << 29;
    private static final long PAGE_REQUEST = 1L << 28;

    private final int first;
    private final long[] low;
    private final long[] high;
    private final FaultStatus status;
    private final Surroundings around;
    private int next;

    FaultRecords(Capabilities capabilities, FaultStatus status, Surroundings around) {
        first = capabilities.faultOffset;
        low = new long[capabilities.faultRecords];
        high = new long[capabilities.faultRecords];
        this.status = status;
        this.around = around;
    }

    @Override
    public boolean has(int offset) {
        return offset >= first && offset < first + low.length * BYTES;
    }

    @Override
    public int read(int offset) {
        int at = offset - first;
        long word = (at & Long.BYTES) == 0 ? low[at / BYTES] : high[at / BYTES];
        return (int) ((at & Integer.BYTES) == 0 ? word : word >>> Integer.SIZE);
    }

    @Override
    public void write(int offset, int value) {
        int at = offset - first;
        if (at % BYTES == LAST_WORD && (value & FAULT_IN_LAST_WORD) != 0) {
            high[at / BYTES] &= ~FAULT;
            if (!anyPending()) {
                status.recordsCleared();
            }
        }
    }

    /** Records a fault, or loses it if the ring is full. */
    void record(FaultReason reason, VtdInquiry inquiry) {
        if (status.has(FaultStatus.Condition.PFO)) {
            return;
        }
        if ((high[next] & FAULT) != 0) {
            status.set(FaultStatus.Condition.PFO);
            return;
        }
        int index = next;
        low[index] = inquiry.address() & PAGE;
        high[index] = describe(reason, inquiry);
        next = (index + 1) % low.length;
        around.trace()
                .tell(
                        Kind.FAULT_RECORDED,
                        around.lane(),
                        reason.code(),
                        inquiry.requesterId(),
                        inquiry.address());
        if (!status.recordPending()) {
            status.firstRecord(index);
        }
    }

    /** Translation was switched off. */
    void restart() {
        next = 0;
    }

    private static long describe(FaultReason reason, VtdInquiry inquiry) {
        long word = FAULT | (long) reason.code() << REASON_SHIFT | inquiry.requesterId();
        if (inquiry.hasPasid()) {
            word |= PASID_PRESENT | (long) inquiry.pasid() << PASID_SHIFT;
            word |= inquiry.wants(Access.PRIVILEGED) ? PRIVILEGED : 0;
            word |= inquiry.wants(Access.EXECUTE) ? EXECUTE : 0;
        }
        if (inquiry.kind() == RequestKind.PAGE_REQUEST) {
            return word | PAGE_REQUEST;
        }
        boolean read = !inquiry.wants(Access.WRITE);
        return word | (read ? READ : 0) | (long) addressType(inquiry.kind()) << ADDRESS_TYPE_SHIFT;
    }

    private static int addressType(RequestKind kind) {
        return switch (kind) {
            case TRANSLATION_REQUEST -> 1;
            case TRANSLATED -> 2;
            default -> 0;
        };
    }

    private boolean anyPending() {
        for (long word : high) {
            if ((word & FAULT) != 0) {
                return true;
            }
        }
        return false;
    }
}
