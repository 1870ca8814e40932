package svasim.pcie.config;

/**
 * Where a port or function notes the errors that it finds, and software says which of them are
 * reported: Device Control and Device Status of the PCI Express capability, and Advanced Error
 * Reporting (PCI Express Base 5.0, 6.2.4). Firmware has switched all reports on.
 */
public final class ErrorReporting {
    public static final int DEVICE_STATUS = ExpressCapability.OFFSET + 0x0A;

    /** Device Status: bits 0 to 2, one for each severity, and 3 for an Unsupported Request. */
    public static final int UNSUPPORTED_REQUEST_SEEN = 1 << 3;

    /** Device Control: bits 0 to 2, one for each severity, and 3 for Unsupported Requests. */
    static final int REPORT_ALL = 0xF;

    private static final int REPORT_UNSUPPORTED = 1 << 3;
    private static final int SEEN = 0xF;

    private final ConfigurationSpace space;
    private final AerCapability aer;

    private ErrorReporting(ConfigurationSpace space) {
        this.space = space;
        this.aer = new AerCapability(space);
        space.define(DEVICE_STATUS, Short.BYTES, 0, 0, SEEN);
    }

    /** Of a function, whose Device Control is laid out already. */
    public static ErrorReporting ofFunction(ConfigurationSpace space) {
        return new ErrorReporting(space);
    }

    /** Of a port, whose Device Control has nothing but reports. */
    public static ErrorReporting ofPort(ConfigurationSpace space) {
        int control = ExpressCapability.DEVICE_CONTROL;
        space.define(control, Short.BYTES, REPORT_ALL, REPORT_ALL, 0);
        return new ErrorReporting(space);
    }

    AerCapability aer() {
        return aer;
    }

    /**
     * Notes an error.
     *
     * @param packet that it is about; null without one
     * @return as what it is to be reported to the root port; null if it is not
     */
    public ErrorSeverity found(PcieError error, LoggedHeader packet) {
        ErrorSeverity severity = aer.found(error, packet);
        ErrorSeverity seen = severity == null ? error.severity() : severity;
        boolean unsupported = error == PcieError.UNSUPPORTED_REQUEST;
        int status = space.get(DEVICE_STATUS, Short.BYTES);
        int added = 1 << seen.ordinal() | (unsupported ? UNSUPPORTED_REQUEST_SEEN : 0);
        space.set(DEVICE_STATUS, Short.BYTES, status | added);
        int control = space.get(ExpressCapability.DEVICE_CONTROL, Short.BYTES);
        boolean silent = unsupported && (control & REPORT_UNSUPPORTED) == 0;
        boolean reported = severity != null && (control & 1 << severity.ordinal()) != 0;
        return reported && !silent ? severity : null;
    }
}
