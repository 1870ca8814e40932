package svasim.models.dsa.layout;

/** Offsets in BAR0, and the fields that driver and device share. */
public final class Register {
    /** BAR of the registers. */
    public static final int REGISTERS = 0;

    /** BAR of the portals. */
    public static final int PORTALS = 2;

    public static final int VERSION = 0x00;
    public static final int GENCAP = 0x10;
    public static final int WQCAP = 0x20;
    public static final int GRPCAP = 0x30;
    public static final int ENGCAP = 0x38;
    public static final int OPCAP = 0x40;
    public static final int OFFSETS = 0x60;
    public static final int GENCFG = 0x80;
    public static final int GENCTRL = 0x88;
    public static final int GENSTS = 0x90;
    public static final int INTCAUSE = 0x98;
    public static final int CMD = 0xa0;
    public static final int CMDSTS = 0xa8;
    public static final int CMDCAP = 0xb0;
    public static final int SWERR = 0xc0;
    public static final int SWERR_END = 0xe0;

    public static final int EVLCFG = 0xe0;
    public static final int EVLSTATUS = 0xf0;

    /** Where the model puts GRPCFG, WQCFG and the MSI-X table; software asks {@link #OFFSETS}. */
    public static final int GRPCFG = 0x400;

    public static final int WQCFG = 0x500;
    public static final int MSIX_PERMISSIONS = 0x700;
    public static final int MSIX_TABLE = 0x2000;
    public static final int BAR0_BYTES = 0x1_0000;

    /** Portals of one queue in BAR2: unlimited, limited, and both again for IMS. */
    public static final int PORTAL_PAGES = 4;

    public static final int PORTAL_BYTES = 4096;
    public static final int LIMITED_PORTAL = 1;

    /** VERSION: the generation stands in the second byte. */
    public static final int VERSION_SHIFT = 8;

    public static final long GENCAP_BLOCK_ON_FAULT = 1;
    public static final long GENCAP_OVERLAPPING_COPY = 1 << 1;
    public static final long GENCAP_COMMANDS = 1 << 4;
    public static final long GENCAP_DRAIN_READ_BACK = 1 << 9;
    public static final int GENCAP_TRANSFER_SHIFT = 16;

    /** GENCAP: there is an event log. */
    public static final long GENCAP_EVENT_LOG = 1 << 13;

    public static final long GENCAP_BATCH_CONTINUATION = 1 << 15;
    public static final int GENCAP_BATCH_SHIFT = 21;
    public static final long GENCAP_CONFIGURABLE = 1L << 31;

    /** GRPCAP: number of read buffers, control and limits; positions from memory. */
    public static final int GRPCAP_BUFFERS_SHIFT = 8;

    public static final int BUFFERS_MASK = 0xff;
    public static final long GRPCAP_CONTROL = 0b111 << 16;

    public static final int WQCAP_QUEUES_SHIFT = 16;
    public static final long WQCAP_SHARED = 1L << 48;
    public static final long WQCAP_DEDICATED = 1L << 49;
    public static final long WQCAP_ATS = 1L << 50;
    public static final long WQCAP_PRIORITY = 1L << 51;
    public static final long WQCAP_PRS = 1L << 55;

    /** OFFSETS: units of the fields, and the fields after that of GRPCFG. */
    public static final int OFFSETS_UNIT = 0x100;

    public static final int OFFSETS_FIELD_BITS = 16;

    /** GENCFG: descriptors of programs may ask for interrupts. */
    public static final long GENCFG_USER_INTERRUPTS = 1 << 12;

    public static final long GENCFG_EVENT_LOG = 1 << 13;

    /** GENSTS: which reset a device that has halted needs. */
    public static final int GENSTS_RESET_SHIFT = 2;

    public static final int GENSTS_STATE_MASK = 3;
    public static final int GENSTS_HALTED = 3;

    /** GENCTRL: interrupt when something is put into SWERR. */
    public static final long GENCTRL_ERROR_INTERRUPT = 1;

    /** GENCTRL: interrupt when the device halts. */
    public static final long GENCTRL_HALT_INTERRUPT = 1 << 1;

    /** GENCTRL: interrupt when something is put into the event log. */
    public static final long GENCTRL_LOG_INTERRUPT = 1 << 2;

    /** SWERR: what software writes to have room for the next error. */
    public static final long SWERR_CLEAR = 3;

    public static final long INTCAUSE_ERROR = 1;
    public static final long INTCAUSE_COMMAND = 1 << 1;
    public static final long INTCAUSE_HALT = 1 << 4;
    public static final long INTCAUSE_LOG = 1 << 5;

    public static final int CMD_CODE_SHIFT = 20;
    public static final int CMD_OPERAND_MASK = (1 << CMD_CODE_SHIFT) - 1;
    public static final long CMD_INTERRUPT = 1L << 31;

    public static final long CMDSTS_ERROR_MASK = 0xff;
    public static final int CMDSTS_RESULT_SHIFT = 8;
    public static final long CMDSTS_ACTIVE = 1L << 31;

    private Register() {}

    /** A CMD value. */
    public static long command(Command command, int operand, boolean interrupt) {
        return (long) command.code() << CMD_CODE_SHIFT | operand | (interrupt ? CMD_INTERRUPT : 0);
    }

    /** Operand of the commands that take a set of queues. */
    public static int queueBit(int queue) {
        return 1 << queue % 16 | queue / 16 << 16;
    }

    /** Whether a portal is one of the two that the threshold of a shared queue limits. */
    public static boolean isLimited(long portalOffset) {
        return (portalOffset / PORTAL_BYTES & 1) == LIMITED_PORTAL;
    }

    /** Number of the queue that a portal belongs to; it may not exist. */
    public static int queueOf(long portalOffset) {
        return (int) (portalOffset / (PORTAL_PAGES * PORTAL_BYTES));
    }

    /** Offset in BAR2 of the unlimited portal of a queue. */
    public static long unlimitedPortal(int queue) {
        return (long) queue * PORTAL_PAGES * PORTAL_BYTES;
    }

    /** Offset in BAR2 of the limited portal of a queue. */
    public static long limitedPortal(int queue) {
        return (long) (queue * PORTAL_PAGES + LIMITED_PORTAL) * PORTAL_BYTES;
    }
}
