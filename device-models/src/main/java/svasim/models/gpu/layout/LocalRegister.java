package svasim.models.gpu.layout;

/**
 * Registers of the local memory, in {@link Register#BAR}; the memory itself is behind a BAR, too.
 */
public final class LocalRegister {
    /** The BAR with the local memory, on a discrete GPU. */
    public static final int BAR = 4;

    /** First of the registers. */
    public static final int FIRST = 0x100;

    /** Behind the last of the registers. */
    public static final int END = 0x180;

    /** PASID that the following commands mean. */
    public static final int PASID = 0x100;

    /** Virtual address of the first page. */
    public static final int ADDRESS = 0x108;

    /** Number of pages, for commands that take a range. */
    public static final int PAGES = 0x110;

    /** Offset of a page in the local memory, and {@link #WRITABLE}. */
    public static final int OFFSET = 0x118;

    /** Address of a page of the system, in the device's own space. */
    public static final int SYSTEM = 0x120;

    /** One of the commands below. */
    public static final int COMMAND = 0x128;

    /** Not 0 while accesses are under way that were translated before the last unmapping. */
    public static final int USED_STILL = 0x130;

    /** Copies that have ended since the reset, each with all before it. */
    public static final int COPIES_ENDED = 0x138;

    /** Copies among them that have failed. */
    public static final int COPY_ERRORS = 0x140;

    /** In {@link #OFFSET}: wavefronts may write. */
    public static final long WRITABLE = 1;

    /** Accesses to pages that are not in the local memory wait. */
    public static final long HOLD = 1;

    /** Pages that are still held have not come. */
    public static final long LET_GO = 2;

    /** One page is in the local memory. */
    public static final long MAP = 3;

    /** Pages are not in the local memory any more. */
    public static final long UNMAP = 4;

    /** The same for all pages of the process. */
    public static final long UNMAP_ALL = 5;

    /** Copies a page of the system into the local memory. */
    public static final long COPY_IN = 6;

    /** Copies a page of the local memory to the system. */
    public static final long COPY_OUT = 7;

    private LocalRegister() {}
}
