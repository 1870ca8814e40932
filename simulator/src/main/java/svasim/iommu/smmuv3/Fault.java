package svasim.iommu.smmuv3;

import svasim.paging.Access;

/**
 * Why a transaction cannot go on, with all that an event record tells of it.
 *
 * @param event number of the event
 * @param access bits of {@link Access} of the transaction, after the entry's overrides
 * @param address input address, all 64 bits
 * @param stage2 whether stage 2 refused
 * @param faultClass on whose behalf: one of the constants below
 * @param where intermediate address of a stage 2 fault, or the address that could not be fetched
 * @param tableRead TTRnW: the walk of stage 1 wanted to read, not to update
 */
record Fault(
        Event event,
        int access,
        long address,
        boolean stage2,
        int faultClass,
        long where,
        boolean tableRead) {
    /** CLASS: the fetch of a context descriptor, of a stage 1 descriptor, the input itself. */
    static final int CLASS_CD = 0;

    static final int CLASS_TABLE = 1;
    static final int CLASS_INPUT = 2;

    /** A fault of the configuration; nothing but the stream is told. */
    static Fault configuration(Event event, int access, long address) {
        return new Fault(event, access, address, false, CLASS_CD, 0, false);
    }

    /** A structure that could not be fetched. */
    static Fault fetch(Event event, int access, long address, long fetchAddress) {
        return new Fault(event, access, address, false, CLASS_CD, fetchAddress, false);
    }

    /** A fault of stage 1, or of the size of an address that no stage looks at. */
    static Fault stage1(Event event, int access, long address) {
        return new Fault(event, access, address, false, CLASS_INPUT, 0, false);
    }

    boolean read() {
        return (access & Access.WRITE) == 0;
    }
}
