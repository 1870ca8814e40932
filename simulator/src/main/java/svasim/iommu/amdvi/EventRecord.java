package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.iommu.core.RequestKind;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Record of the event log, 16 bytes (6). */
record EventRecord(long w0, long w1) {
    static final int BYTES = 16;

    private static final int CODE_SHIFT = 60;
    private static final int UPPER_SHIFT = 32;
    private static final int GN = 48;
    private static final int NX = 49;
    private static final int US = 50;
    private static final int PR = 52;
    private static final int RW = 53;
    private static final int PE = 54;
    private static final int RZ = 55;
    private static final int TR = 56;
    private static final int TYPE_SHIFT = 57;

    /** Type of hardware errors: nothing answered. */
    private static final long MASTER_ABORT = 1;

    /** Type of translated requests of a device that may not use ATS; not sourced. */
    private static final long PRETRANSLATED = 1;

    /** The record of a request that was refused. */
    static EventRecord of(Translation request) {
        Fault fault = request.result().fault();
        long who = head(fault.event()) | request.requesterId();
        long tr = Bits.flag(request.kind() == RequestKind.TRANSLATION_REQUEST, TR);
        return switch (fault.event()) {
            case ILLEGAL_DEV_TABLE_ENTRY ->
                    new EventRecord(
                            who | pasid(request) | write(request) | reserved(fault) | tr,
                            request.address() & -1L << 2);
            case DEV_TAB_HARDWARE_ERROR ->
                    new EventRecord(
                            who | MASTER_ABORT << TYPE_SHIFT | write(request) | tr, fault.where());
            case PAGE_TAB_HARDWARE_ERROR ->
                    new EventRecord(
                            who | MASTER_ABORT << TYPE_SHIFT | space(request) | write(request) | tr,
                            fault.where());
            case INVALID_DEVICE_REQUEST ->
                    new EventRecord(
                            who | pasid(request) | PRETRANSLATED << TYPE_SHIFT | write(request),
                            request.address());
            default ->
                    new EventRecord(
                            who | space(request) | privilege(request) | cause(request) | tr,
                            request.address());
        };
    }

    /** A command was refused, or could not be read. */
    static EventRecord ofCommand(Event event, long address) {
        long type = event == Event.COMMAND_HARDWARE_ERROR ? MASTER_ABORT << TYPE_SHIFT : 0;
        return new EventRecord(head(event) | type, address);
    }

    /** A device has not completed the invalidation of a command. */
    static EventRecord ofTimeout(int deviceId, long commandAddress) {
        return new EventRecord(head(Event.IOTLB_INV_TIMEOUT) | deviceId, commandAddress);
    }

    /** A page request was refused: the record is that of the PPR log but for the code. */
    static EventRecord ofPageRequest(Tlp.PageRequest request) {
        long body = Bits.lowBits(PprEntry.word0(request), CODE_SHIFT);
        return new EventRecord(head(Event.INVALID_PPR_REQUEST) | body, PprEntry.word1(request));
    }

    Event event() {
        return Event.values()[(int) (w0 >>> CODE_SHIFT) - 1];
    }

    int deviceId() {
        return Bits.small(w0, 15, 0);
    }

    private static long head(Event event) {
        return (long) event.code() << CODE_SHIFT;
    }

    /** PASID and GN; nothing for a request without. */
    private static long pasid(Translation request) {
        if (!request.hasPasid()) {
            return 0;
        }
        return Bits.field(request.pasid(), 19, 16) << 16
                | Bits.field(request.pasid(), 15, 0) << UPPER_SHIFT
                | 1L << GN;
    }

    /** The PASID, or without one the DomainID. */
    private static long space(Translation request) {
        return request.pasid() == PasidPrefix.NONE
                ? (long) Math.max(request.domain(), 0) << UPPER_SHIFT
                : pasid(request);
    }

    private static long write(Translation request) {
        return Bits.flag(request.wants(Access.WRITE), RW);
    }

    private static long reserved(Fault fault) {
        return Bits.flag(fault.cause() == Fault.Cause.RESERVED, RZ);
    }

    /** Only requests with PASID have a privilege. */
    private static long privilege(Translation request) {
        return request.hasPasid()
                ? Bits.flag(!request.wants(Access.PRIVILEGED), US)
                        | Bits.flag(request.wants(Access.EXECUTE), NX)
                : 0;
    }

    /** RW has a meaning only where a page is present. */
    private static long cause(Translation request) {
        return switch (request.result().fault().cause()) {
            case NOT_PRESENT -> 0;
            case PERMISSION -> 1L << PR | 1L << PE | write(request);
            case RESERVED -> 1L << PR | 1L << RZ | write(request);
        };
    }
}
