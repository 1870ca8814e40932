package svasim.iommu.smmuv3;

/** Commands of the Non-secure command queue by their numbers (4.1.2). */
enum Opcode {
    PREFETCH_CONFIG(0x01),
    PREFETCH_ADDR(0x02),
    CFGI_STE(0x03),
    /** All entries, if Range is 31. */
    CFGI_STE_RANGE(0x04),
    CFGI_CD(0x05),
    CFGI_CD_ALL(0x06),
    /** The map of partitions of a virtual machine. */
    CFGI_VMS_PIDM(0x07),
    TLBI_NH_ALL(0x10),
    TLBI_NH_ASID(0x11),
    TLBI_NH_VA(0x12),
    TLBI_NH_VAA(0x13),
    TLBI_EL2_ALL(0x20),
    TLBI_EL2_ASID(0x21),
    TLBI_EL2_VA(0x22),
    TLBI_EL2_VAA(0x23),
    TLBI_S12_VMALL(0x28),
    TLBI_S2_IPA(0x2A),
    TLBI_NSNH_ALL(0x30),
    ATC_INV(0x40),
    PRI_RESP(0x41),
    RESUME(0x44),
    STALL_TERM(0x45),
    SYNC(0x46);

    private static final Opcode[] BY_CODE = new Opcode[0x100];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The command with this number, or null if there is none. */
    static Opcode of(int code) {
        return BY_CODE[code];
    }
}
