package svasim.pcie.config;

/**
 * Registers that Advanced Error Reporting has in a root port, behind those that every port has:
 * which error messages have arrived, and from whom first (PCI Express Base 5.0, 7.8.4.9 to .11).
 */
public final class RootErrorCapability {
    /** Bits 2:0: an interrupt for correctable, non-fatal and fatal errors. */
    public static final int COMMAND = 0x2C;

    public static final int STATUS = 0x30;

    /** Bits 15:0 sender of the first ERR_COR, 31:16 of the first other message. */
    public static final int SOURCE = 0x34;

    /** Status: ERR_COR received. */
    public static final int CORRECTABLE = 1;

    /** Status: more than one ERR_COR. */
    public static final int MORE_CORRECTABLE = 1 << 1;

    /** Status: ERR_NONFATAL or ERR_FATAL received. */
    public static final int UNCORRECTABLE = 1 << 2;

    /** Status: more than one of them. */
    public static final int MORE_UNCORRECTABLE = 1 << 3;

    /** Status: the first of them was fatal. */
    public static final int FIRST_FATAL = 1 << 4;

    public static final int NONFATAL = 1 << 5;
    public static final int FATAL = 1 << 6;

    public static final int ALL_INTERRUPTS = 7;
    private static final int ALL_STATUS = 0x7F;
    private static final int ID_MASK = 0xFFFF;

    private final ConfigurationSpace space;
    private final int offset;

    /**
     * @param port errors of the same port
     */
    public RootErrorCapability(ConfigurationSpace space, ErrorReporting port) {
        this.space = space;
        this.offset = port.aer().offset();
        space.define(offset + COMMAND, Integer.BYTES, 0, ALL_INTERRUPTS, 0);
        space.define(offset + STATUS, Integer.BYTES, 0, 0, ALL_STATUS);
    }

    /**
     * A message has arrived, or the port itself has found an error.
     *
     * @param requesterId of the sender
     * @return whether software is to be interrupted
     */
    public boolean received(ErrorSeverity severity, int requesterId) {
        int before = space.get(offset + STATUS, Integer.BYTES);
        int source = space.get(offset + SOURCE, Integer.BYTES);
        boolean correctable = severity == ErrorSeverity.CORRECTABLE;
        int first = correctable ? CORRECTABLE : UNCORRECTABLE;
        boolean isFirst = (before & first) == 0;
        int added = isFirst ? first : correctable ? MORE_CORRECTABLE : MORE_UNCORRECTABLE;
        if (severity == ErrorSeverity.FATAL) {
            added |= FATAL | (isFirst ? FIRST_FATAL : 0);
        } else if (severity == ErrorSeverity.NONFATAL) {
            added |= NONFATAL;
        }
        space.set(offset + STATUS, Integer.BYTES, before | added);
        if (isFirst) {
            int shift = correctable ? 0 : Short.SIZE;
            int kept = source & ~(ID_MASK << shift);
            space.set(offset + SOURCE, Integer.BYTES, kept | requesterId << shift);
        }
        return (space.get(offset + COMMAND, Integer.BYTES) & 1 << severity.ordinal()) != 0;
    }
}
