package svasim.iommu.smmuv3;

import svasim.iommu.core.CapabilityRegisters;

/** Fields of the identification registers IDR0, IDR1, IDR3 and IDR5 (6.3.1 to 6.3.6). */
public enum IdField {
    S2P(0, 0, 1),
    S1P(0, 1, 1),
    TTF(0, 2, 2),
    COHACC(0, 4, 1),
    BTM(0, 5, 1),
    HTTU(0, 6, 2),
    DORMHINT(0, 8, 1),
    HYP(0, 9, 1, "Hyp"),
    ATS(0, 10, 1),
    NS1ATS(0, 11, 1),
    ASID16(0, 12, 1),
    MSI(0, 13, 1),
    SEV(0, 14, 1),
    ATOS(0, 15, 1),
    PRI(0, 16, 1),
    VMW(0, 17, 1),
    VMID16(0, 18, 1),
    CD2L(0, 19, 1),
    VATOS(0, 20, 1),
    TTENDIAN(0, 21, 2),
    ATSRECERR(0, 23, 1),
    STALL_MODEL(0, 24, 2),
    TERM_MODEL(0, 26, 1),
    ST_LEVEL(0, 27, 2),
    RME_IMPL(0, 30, 1),

    SIDSIZE(1, 0, 6),
    SSIDSIZE(1, 6, 5),
    PRIQS(1, 11, 5),
    EVENTQS(1, 16, 5),
    CMDQS(1, 21, 5),
    ATTR_PERMS_OVR(1, 26, 1),
    ATTR_TYPES_OVR(1, 27, 1),
    REL(1, 28, 1),
    QUEUES_PRESET(1, 29, 1),
    TABLES_PRESET(1, 30, 1),
    ECMDQ(1, 31, 1),

    HAD(3, 2, 1),
    PBHA(3, 3, 1),
    XNX(3, 4, 1),
    PPS(3, 5, 1),
    MPAM(3, 7, 1),
    FWB(3, 8, 1),
    STT(3, 9, 1),
    RIL(3, 10, 1),
    BBML(3, 11, 2),
    E0PD(3, 13, 1),
    PTWNNC(3, 14, 1),
    DPT(3, 15, 1),
    PASIDTT(3, 16, 1),
    EPAN(3, 17, 1),
    S1PI(3, 18, 1),
    S2PI(3, 19, 1),
    S2PO(3, 20, 1),
    THE(3, 21, 1),
    MTEPERM(3, 22, 1),
    AIE(3, 23, 1),

    OAS(5, 0, 3),
    GRAN4K(5, 4, 1),
    GRAN16K(5, 5, 1),
    GRAN64K(5, 6, 1),
    DS(5, 7, 1),
    D128(5, 8, 1),
    VAX(5, 10, 2),
    STALL_MAX(5, 16, 16);

    private static final int MOST_STREAM_BITS = 32;
    private static final int MOST_SUBSTREAM_BITS = 20;

    private static final CapabilityRegisters DEFAULTS = allFields();

    private final int register;
    private final int shift;
    private final int width;
    private final String fieldName;

    IdField(int register, int shift, int width) {
        this.register = register;
        this.shift = shift;
        this.width = width;
        this.fieldName = name();
    }

    IdField(int register, int shift, int width, String fieldName) {
        this.register = register;
        this.shift = shift;
        this.width = width;
        this.fieldName = fieldName;
    }

    /**
     * Everything that is modelled: both stages, substreams, stalls, ATS and PRI, hardware update of
     * access and dirty state, 48-bit addresses, StreamIDs of 16 bits.
     */
    static CapabilityRegisters defaults() {
        return DEFAULTS;
    }

    private static CapabilityRegisters allFields() {
        CapabilityRegisters registers =
                CapabilityRegisters.none()
                        .register("IDR0", 0x08CF_76BBL)
                        .register("IDR1", 0x0D8C_6510L)
                        .register("IDR3", 0x0002_2634L)
                        .register("IDR5", 0x0020_0075L);
        for (IdField field : values()) {
            registers =
                    registers.field(
                            "IDR" + field.register, field.fieldName, field.shift, field.width);
        }
        return registers;
    }

    /** Values above this one ask for what is not modelled. */
    int highestModelled() {
        return switch (this) {
            case ATOS, VATOS, RME_IMPL, QUEUES_PRESET, TABLES_PRESET, ECMDQ, DPT -> 0;
            case S1PI, S2PI, S2PO, THE, AIE, D128 -> 0;
            case TTF -> 2;
            case SIDSIZE -> MOST_STREAM_BITS;
            case SSIDSIZE -> MOST_SUBSTREAM_BITS;
            default -> limit();
        };
    }

    /** Number n of the register IDRn that the field is in. */
    int register() {
        return register;
    }

    /** For example {@code IDR0.STALL_MODEL}. */
    String fullName() {
        return "IDR" + register + "." + fieldName;
    }

    /** Largest value that fits. */
    int limit() {
        return (1 << width) - 1;
    }

    /** The field's value in a value of its register. */
    int of(long registerValue) {
        return (int) (registerValue >>> shift) & limit();
    }

    /** The register's value with the field replaced. */
    long in(long registerValue, long value) {
        return registerValue & ~((long) limit() << shift) | (value & limit()) << shift;
    }

    /** The field with this full name, or null. */
    static IdField named(String fullName) {
        for (IdField field : values()) {
            if (field.fullName().equals(fullName)) {
                return field;
            }
        }
        return null;
    }
}
