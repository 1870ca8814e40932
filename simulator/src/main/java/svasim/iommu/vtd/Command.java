package svasim.iommu.vtd;

/** Bits of GCMD, and of GSTS, which tells what has taken effect (VT-d 5.10, 11.4.4). */
public final class Command {
    /** TE. */
    public static final int TRANSLATION = 1 << 31;

    /** SRTP. */
    public static final int SET_ROOT = 1 << 30;

    /** SFL. */
    static final int SET_FAULT_LOG = 1 << 29;

    /** EAFL. */
    static final int FAULT_LOG = 1 << 28;

    /** QIE. */
    public static final int QUEUE = 1 << 26;

    /** IRE. */
    static final int INTERRUPTS = 1 << 25;

    /** SIRTP. */
    static final int SET_INTERRUPT_TABLE = 1 << 24;

    /** CFI. */
    static final int COMPATIBILITY = 1 << 23;

    /** Commands that stay in force, and are repeated with each further one. */
    public static final int PERSISTENT = TRANSLATION | QUEUE;

    private Command() {}
}
