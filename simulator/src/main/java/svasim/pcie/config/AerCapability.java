package svasim.pcie.config;

/**
 * Advanced Error Reporting extended capability (PCI Express Base 5.0, 7.8.4; layout after Linux
 * {@code pci_regs.h}): which errors a port or function has found, which of them it reports, and the
 * header of the packet that the first one was about. No reset but power-on clears it.
 */
public final class AerCapability {
    public static final int ID = 0x0001;

    public static final int UNCORRECTABLE_STATUS = 0x04;
    public static final int UNCORRECTABLE_MASK = 0x08;

    /** A bit that is set makes its error fatal. */
    public static final int UNCORRECTABLE_SEVERITY = 0x0C;

    public static final int CORRECTABLE_STATUS = 0x10;
    public static final int CORRECTABLE_MASK = 0x14;

    /** Bits 4:0 First Error Pointer, bit 11 whether a prefix was logged. */
    public static final int CONTROL = 0x18;

    /** Four words; the first byte of the header lies in the top byte of the first. */
    public static final int HEADER_LOG = 0x1C;

    /** Four words of end-end prefixes, in the same form. */
    public static final int PREFIX_LOG = 0x38;

    public static final int POINTER_MASK = 0x1F;
    public static final int PREFIX_PRESENT = 1 << 11;

    static final int BYTES = 0x48;
    private static final int VERSION = 2;
    private static final int LOG_WORDS = 4;

    private final ConfigurationSpace space;
    private final int offset;

    /** Appends the capability, with everything reported as its default severity says. */
    public AerCapability(ConfigurationSpace space) {
        this.space = space;
        this.offset = space.appendExtended(ID, VERSION, BYTES);
        int uncorrectable = PcieError.bits(false);
        int correctable = PcieError.bits(true);
        word(UNCORRECTABLE_STATUS, 0, 0, uncorrectable);
        word(UNCORRECTABLE_MASK, 0, uncorrectable, 0);
        word(UNCORRECTABLE_SEVERITY, PcieError.fatalBits(), uncorrectable, 0);
        word(CORRECTABLE_STATUS, 0, 0, correctable);
        word(CORRECTABLE_MASK, PcieError.ADVISORY_NONFATAL.bit(), correctable, 0);
        space.listen(this::written);
    }

    private void word(int register, int value, int writable, int clearedByOne) {
        space.define(offset + register, Integer.BYTES, value, writable, clearedByOne);
    }

    /** Offset in configuration space. */
    int offset() {
        return offset;
    }

    /**
     * An error was found.
     *
     * @param words prefixes and header of the packet that it is about; null without one
     * @return as what it is to be reported; null if it is masked
     */
    public ErrorSeverity found(PcieError error, LoggedHeader words) {
        if (error.isCorrectable()) {
            set(CORRECTABLE_STATUS, error.bit());
            return masked(CORRECTABLE_MASK, error) ? null : ErrorSeverity.CORRECTABLE;
        }
        ErrorSeverity severity = severity(error);
        boolean advisory = severity == ErrorSeverity.NONFATAL && error.isAdvisory();
        if (advisory) {
            set(CORRECTABLE_STATUS, PcieError.ADVISORY_NONFATAL.bit());
        }
        boolean first = firstError() == 0;
        set(UNCORRECTABLE_STATUS, error.bit());
        if (masked(UNCORRECTABLE_MASK, error)
                || advisory && masked(CORRECTABLE_MASK, PcieError.ADVISORY_NONFATAL)) {
            return null;
        }
        if (first) {
            log(error, words);
        }
        return advisory ? ErrorSeverity.CORRECTABLE : severity;
    }

    /** How bad software has said that an uncorrectable error is. */
    public ErrorSeverity severity(PcieError error) {
        boolean fatal = (get(UNCORRECTABLE_SEVERITY) & error.bit()) != 0;
        return fatal ? ErrorSeverity.FATAL : ErrorSeverity.NONFATAL;
    }

    /** Bit of the error that the log is about; 0 if there is none, or software has cleared it. */
    private int firstError() {
        int pointed = 1 << (get(CONTROL) & POINTER_MASK);
        return get(UNCORRECTABLE_STATUS) & pointed;
    }

    private void log(PcieError error, LoggedHeader words) {
        boolean prefixed = words != null && words.hasPrefix();
        int pointer = Integer.numberOfTrailingZeros(error.bit());
        put(CONTROL, pointer | (prefixed ? PREFIX_PRESENT : 0));
        for (int i = 0; i < LOG_WORDS; i++) {
            put(HEADER_LOG + i * Integer.BYTES, words == null ? 0 : words.header(i));
            put(PREFIX_LOG + i * Integer.BYTES, words == null ? 0 : words.prefix(i));
        }
    }

    private boolean masked(int register, PcieError error) {
        return (get(register) & error.bit()) != 0;
    }

    private int get(int register) {
        return space.get(offset + register, Integer.BYTES);
    }

    private void put(int register, int value) {
        space.set(offset + register, Integer.BYTES, value);
    }

    private void set(int register, int bit) {
        put(register, get(register) | bit);
    }

    /**
     * When the error that the log is about is cleared, the log stays; the pointer means nothing.
     */
    private void written(int at, int before, int written) {
        if (at == offset + UNCORRECTABLE_STATUS && get(UNCORRECTABLE_STATUS) == 0) {
            put(CONTROL, 0);
        }
    }
}
