package svasim.iommu.amdvi;

/** Commands by their numbers, with the bits that have to be 0 (5). */
enum Opcode {
    COMPLETION_WAIT(1, 0x0FF0_0000_0000_0000L, 0),
    INVALIDATE_DEVTAB_ENTRY(2, 0x0FFF_FFFF_FFFF_0000L, -1L),
    INVALIDATE_IOMMU_PAGES(3, 0x0FFF_0000_FFF0_0000L, 0xFF8),
    INVALIDATE_IOTLB_PAGES(4, 0, 0xFCA),
    INVALIDATE_INTERRUPT_TABLE(5, 0x0FFF_FFFF_FFFF_0000L, -1L),
    PREFETCH_IOMMU_PAGES(6, 0x0FF0_0000_00FF_0000L, 0xFEA),
    COMPLETE_PPR_REQUEST(7, 0x0FF0_0000_FFFF_0000L, 0xFFFF_0E00_FFFF_FFFBL),
    INVALIDATE_IOMMU_ALL(8, 0x0FFF_FFFF_FFFF_FFFFL, -1L);

    private static final Opcode[] BY_CODE = new Opcode[16];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;
    private final long reserved0;
    private final long reserved1;

    Opcode(int code, long reserved0, long reserved1) {
        this.code = code;
        this.reserved0 = reserved0;
        this.reserved1 = reserved1;
    }

    int code() {
        return code;
    }

    /** Whether a bit is set that has no meaning in this command. */
    boolean reservedSet(Command command) {
        return (command.word0() & reserved0) != 0 || (command.word1() & reserved1) != 0;
    }

    /** The command with this number, or null if there is none. */
    static Opcode of(int code) {
        return BY_CODE[code];
    }
}
