package svasim.iommu.vtd;

import svasim.iommu.core.RequestKind;
import svasim.paging.Access;

/**
 * The 128 bits that describe a fault, in a fault recording register or in the fault log (VT-d 5.10,
 * 11.4.14).
 */
final class FaultRecord {
    static final int BYTES = 16;

    /** F, in the upper half. */
    static final long FAULT = 1L << 63;

    private static final long PAGE = -1L << 12;
    private static final long READ = 1L << 62;
    private static final int ADDRESS_TYPE_SHIFT = 60;
    private static final int PASID_SHIFT = 40;
    private static final int REASON_SHIFT = 32;
    private static final long PASID_PRESENT = 1L << 31;
    private static final long EXECUTE = 1L << 30;
    private static final long PRIVILEGED = 1L << 29;

    /** T2 of newer revisions. */
    private static final long PAGE_REQUEST = 1L << 28;

    private FaultRecord() {}

    static long low(VtdInquiry inquiry) {
        return inquiry.address() & PAGE;
    }

    static long high(FaultReason reason, VtdInquiry inquiry) {
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
}
