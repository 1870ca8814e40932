package svasim.iommu.smmuv3;

import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;

/**
 * CR0, CR2, GBPA and their update protocols (6.3.9 to 6.3.14): a written value counts when the
 * register acknowledges it.
 */
final class Control implements EventHandler {
    static final long GBPA_UPDATE = 1L << 31;
    static final long GBPA_ABORT = 1L << 20;

    /** ABORT and the fields that replace attributes; what is not implemented reads as 0. */
    private static final long GBPA_FIELDS = GBPA_ABORT | 0xF_3F1FL;

    private static final int ACKNOWLEDGE_CR0 = 0;
    private static final int UPDATE_GBPA = 1;

    /** Is told when CR0ACK has changed. */
    @FunctionalInterface
    interface Listener {
        void changed(long before, long after);
    }

    private final Kernel kernel;
    private final long updatePs;
    private final long cr0Writable;
    private final long cr2Writable;
    private final Listener listener;

    private long cr0;
    private long cr0Ack;
    private long cr2;
    private long gbpa;

    Control(Kernel kernel, long updatePs, Features features, Listener listener) {
        this.kernel = kernel;
        this.updatePs = updatePs;
        this.cr0Writable = Cr0.writable(features);
        this.cr2Writable = Cr2.writable(features);
        this.listener = listener;
    }

    /** SMMUEN as it is in effect. */
    boolean enabled() {
        return (cr0Ack & Cr0.SMMUEN) != 0;
    }

    /** ATSCHK: translated traffic is checked. */
    boolean checksTranslated() {
        return (cr0Ack & Cr0.ATSCHK) != 0;
    }

    /** Whether all these bits of CR0 are 0, written and acknowledged. */
    boolean off(long bits) {
        return ((cr0 | cr0Ack) & bits) == 0;
    }

    int vmidWildcardBits() {
        return Cr0.vmidWildcardBits(cr0Ack);
    }

    boolean e2h() {
        return (cr2 & Cr2.E2H) != 0;
    }

    /** Whether traffic with a StreamID out of range is recorded. */
    boolean recordsInvalidStreams() {
        return (cr2 & Cr2.RECINVSID) != 0;
    }

    /** Whether this error of the configuration is recorded if an ATS or PRI request meets it. */
    boolean recordsForAts(Event event) {
        return switch (event) {
            case NONE -> false;
            case C_BAD_STREAMID -> recordsAtsErrors() && recordsInvalidStreams();
            default -> recordsAtsErrors();
        };
    }

    private boolean recordsAtsErrors() {
        return (cr2 & Cr2.REC_CFG_ATS) != 0;
    }

    boolean ignoresBroadcasts() {
        return (cr2 & Cr2.PTM) != 0;
    }

    /** GBPA.ABORT: what becomes of traffic while translation is off. */
    boolean abortsWhenDisabled() {
        return (gbpa & GBPA_ABORT) != 0;
    }

    long cr0() {
        return cr0;
    }

    long cr0Ack() {
        return cr0Ack;
    }

    long cr2() {
        return cr2;
    }

    long gbpa() {
        return gbpa;
    }

    void writeCr0(long value) {
        cr0 = value & cr0Writable;
        kernel.after(updatePs, this, ACKNOWLEDGE_CR0, cr0);
    }

    void writeCr2(long value) {
        if (off(Cr0.SMMUEN)) {
            cr2 = value & cr2Writable;
        }
    }

    void writeGbpa(long value) {
        if ((value & GBPA_UPDATE) != 0 && (gbpa & GBPA_UPDATE) == 0) {
            gbpa |= GBPA_UPDATE;
            kernel.after(updatePs, this, UPDATE_GBPA, value & GBPA_FIELDS);
        }
    }

    @Override
    public void handle(long nowPs, int kind, long value) {
        switch (kind) {
            case ACKNOWLEDGE_CR0 -> {
                long before = cr0Ack;
                cr0Ack = value;
                listener.changed(before, value);
            }
            case UPDATE_GBPA -> gbpa = value;
            default -> throw new IllegalStateException("control: unknown event kind " + kind);
        }
    }
}
