package svasim.iommu.smmuv2;

/** TLB maintenance by writes to a context bank (reference smmuv2.md 3), with its offset. */
public enum TlbOperation {
    TLBIVA(0x600),
    TLBIVAA(0x608),
    TLBIASID(0x610),
    TLBIALL(0x618),
    TLBIVAL(0x620),
    TLBIIPAS2(0x630),
    TLBIIPAS2L(0x638);

    private static final int END = 0x640;

    private final int offset;

    TlbOperation(int offset) {
        this.offset = offset;
    }

    /** The operation whose register, of 64 bits, the offset lies in; or null. */
    static TlbOperation at(int offset) {
        if (offset < TLBIVA.offset || offset >= END) {
            return null;
        }
        for (TlbOperation operation : values()) {
            if (operation.offset == (offset & -Long.BYTES)) {
                return operation;
            }
        }
        return null;
    }

    public int offset() {
        return offset;
    }

    /** Whether pointers to tables are kept. */
    boolean leaf() {
        return this == TLBIVAL || this == TLBIIPAS2L;
    }
}
