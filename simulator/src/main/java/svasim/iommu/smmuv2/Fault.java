package svasim.iommu.smmuv2;

import svasim.paging.WalkFault;

/**
 * What can be wrong with a transaction: global faults by their bit of sGFSR, faults of a context
 * bank by their bit of FSR (reference smmuv2.md 1 and 3). locked entries of the TLB cannot happen
 * here, nor can what only Secure software or a slave port does (CAF, EF and PF of sGFSR).
 */
enum Fault {
    /** Invalid context: a stream or a bank is set up to fault, or in a way that does not exist. */
    ICF(true, 0),
    /** Unidentified stream: no match. */
    USF(true, 1),
    /** Stream match conflict: several matches. */
    SMCF(true, 2),
    /** Unimplemented context bank. */
    UCBF(true, 3),
    /** Unimplemented context interrupt. */
    UCIF(true, 4),
    /** Translation. */
    TF(false, 1),
    /** Access flag. */
    AFF(false, 2),
    /** Permission. */
    PF(false, 3),
    /** External abort of a walk. */
    EF(false, 4),
    /** Several entries of the TLB match. */
    TLBMCF(false, 5),
    /** Address size. */
    ASF(false, 7),
    /** Unsupported upstream transaction: it has a PASID, or claims to be translated. */
    UUT(false, 8);

    /** Marks codes of global faults, whose bits mean something else. */
    static final int GLOBAL_CODE = 1 << 16;

    private final boolean global;
    private final int bit;

    Fault(boolean global, int bit) {
        this.global = global;
        this.bit = bit;
    }

    /** Fault of a walk through page tables. */
    static Fault of(WalkFault fault) {
        return switch (fault) {
            case INPUT_RANGE, NOT_PRESENT, RESERVED_BIT -> TF;
            case UNREADABLE, UPDATE_NOT_SNOOPED, UPDATE_FAILED -> EF;
            case ADDRESS_SIZE -> ASF;
            case ACCESS_FLAG -> AFF;
            case PRIVILEGE, READ_PERMISSION, WRITE_PERMISSION, EXECUTE_PERMISSION -> PF;
        };
    }

    /** Whether it is recorded in sGFSR, not in a context bank. */
    boolean global() {
        return global;
    }

    /** Whether sCR0 treats it as a fault of configuration. */
    boolean configuration() {
        return global && this != USF;
    }

    /** Whether software can repair the tables and have the transaction tried again. */
    boolean repairable() {
        return !global && this != UUT && this != TLBMCF;
    }

    /** Value that the fault alone gives its status register. */
    int status() {
        return 1 << bit;
    }

    /** Number in traces: the status, marked if it is that of sGFSR. */
    int code() {
        return global ? GLOBAL_CODE | status() : status();
    }
}
