package svasim.pcie.config;

/**
 * An error that Advanced Error Reporting knows, with its bit in the status registers (PCI Express
 * Base 5.0, 7.8.4; positions after Linux {@code pci_regs.h}).
 */
public enum PcieError {
    RECEIVER_ERROR(0, ErrorSeverity.CORRECTABLE),
    BAD_TLP(6, ErrorSeverity.CORRECTABLE),
    BAD_DLLP(7, ErrorSeverity.CORRECTABLE),
    REPLAY_ROLLOVER(8, ErrorSeverity.CORRECTABLE),
    REPLAY_TIMEOUT(12, ErrorSeverity.CORRECTABLE),
    /** An uncorrectable error that its finder leaves to the requester. */
    ADVISORY_NONFATAL(13, ErrorSeverity.CORRECTABLE),
    CORRECTED_INTERNAL(14, ErrorSeverity.CORRECTABLE),
    HEADER_LOG_OVERFLOW(15, ErrorSeverity.CORRECTABLE),

    DATA_LINK_PROTOCOL(4, ErrorSeverity.FATAL),
    SURPRISE_DOWN(5, ErrorSeverity.FATAL),
    POISONED_TLP(12, ErrorSeverity.NONFATAL),
    FLOW_CONTROL_PROTOCOL(13, ErrorSeverity.FATAL),
    COMPLETION_TIMEOUT(14, ErrorSeverity.NONFATAL),
    COMPLETER_ABORT(15, ErrorSeverity.NONFATAL),
    UNEXPECTED_COMPLETION(16, ErrorSeverity.NONFATAL),
    RECEIVER_OVERFLOW(17, ErrorSeverity.FATAL),
    MALFORMED_TLP(18, ErrorSeverity.FATAL),
    ECRC(19, ErrorSeverity.NONFATAL),
    UNSUPPORTED_REQUEST(20, ErrorSeverity.NONFATAL),
    ACS_VIOLATION(21, ErrorSeverity.NONFATAL),
    INTERNAL(22, ErrorSeverity.FATAL),
    MULTICAST_BLOCKED(23, ErrorSeverity.NONFATAL),
    ATOMIC_EGRESS_BLOCKED(24, ErrorSeverity.NONFATAL),
    PREFIX_BLOCKED(25, ErrorSeverity.NONFATAL),
    POISONED_EGRESS_BLOCKED(26, ErrorSeverity.NONFATAL);

    private static final PcieError[] ALL = values();

    private final int bit;
    private final ErrorSeverity severity;

    PcieError(int position, ErrorSeverity severity) {
        this.bit = 1 << position;
        this.severity = severity;
    }

    /** The error with this ordinal. */
    public static PcieError of(long ordinal) {
        return ALL[(int) ordinal];
    }

    /** Its bit in status, mask and, unless it is correctable, severity. */
    public int bit() {
        return bit;
    }

    public boolean isCorrectable() {
        return severity == ErrorSeverity.CORRECTABLE;
    }

    /** What it is unless software says otherwise in the severity register. */
    public ErrorSeverity severity() {
        return severity;
    }

    /**
     * Whether the finder of this error leaves it to another part that knows more, if it is not
     * fatal: the requester gets a completion that says so, or times out (6.2.3.2.4).
     */
    boolean isAdvisory() {
        return this == UNSUPPORTED_REQUEST
                || this == COMPLETER_ABORT
                || this == UNEXPECTED_COMPLETION;
    }

    /** All bits of the uncorrectable errors, or of the correctable ones. */
    static int bits(boolean correctable) {
        int bits = 0;
        for (PcieError error : ALL) {
            bits |= error.isCorrectable() == correctable ? error.bit : 0;
        }
        return bits;
    }

    /** Bits of the uncorrectable errors that are fatal unless software says otherwise. */
    static int fatalBits() {
        int bits = 0;
        for (PcieError error : ALL) {
            bits |= error.severity == ErrorSeverity.FATAL ? error.bit : 0;
        }
        return bits;
    }
}
