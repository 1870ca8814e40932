package svasim.iommu.vtd;

/**
 * Bits of VCMD, VCRSP and VCCAP (VT-d 11.4, virtual commands; fields as Linux has them since its
 * 5.15, and status 1 from memory).
 */
public final class VirtualCommand {
    public static final int ALLOCATE = 1;
    public static final int FREE = 2;

    /** VCCAP: PASIDs can be allocated and freed. */
    public static final long PASIDS = 1;

    /** Statuses of a response. */
    public static final int SUCCESS = 0;

    public static final int UNDEFINED = 1;

    /** No PASID is available; for a free: the PASID is invalid. */
    public static final int REFUSED = 16;

    private static final int COMMAND_MASK = 0xFF;
    private static final int OPERAND_SHIFT = 16;
    private static final int PASID_MASK = 0xF_FFFF;
    private static final long IN_PROGRESS = 1;
    private static final int STATUS_SHIFT = 1;
    private static final int STATUS_MASK = 0x7F;

    private VirtualCommand() {}

    /** VCMD: allocates a PASID. */
    public static long allocate() {
        return ALLOCATE;
    }

    /** VCMD: frees a PASID. */
    public static long free(int pasid) {
        return (long) pasid << OPERAND_SHIFT | FREE;
    }

    static int command(long vcmd) {
        return (int) vcmd & COMMAND_MASK;
    }

    static int operand(long vcmd) {
        return (int) (vcmd >>> OPERAND_SHIFT) & PASID_MASK;
    }

    /** VCRSP while a command runs. */
    static long running() {
        return IN_PROGRESS;
    }

    /** VCRSP of a command that has ended. */
    static long response(int status, int pasid) {
        return (long) pasid << OPERAND_SHIFT | (long) status << STATUS_SHIFT;
    }

    public static boolean isRunning(long vcrsp) {
        return (vcrsp & IN_PROGRESS) != 0;
    }

    public static int status(long vcrsp) {
        return (int) (vcrsp >>> STATUS_SHIFT) & STATUS_MASK;
    }

    /** PASID of a response. */
    public static int pasid(long vcrsp) {
        return (int) (vcrsp >>> OPERAND_SHIFT) & PASID_MASK;
    }
}
