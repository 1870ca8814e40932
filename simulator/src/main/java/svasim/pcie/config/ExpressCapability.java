package svasim.pcie.config;

/**
 * PCI Express capability at {@value #OFFSET}: packet sizes, tags and prefixes (PCI Express Base
 * 5.0, 7.5.3; layout after Linux {@code pci_regs.h}). Firmware has programmed Device Control before
 * the operating system sees it.
 */
public final class ExpressCapability {
    public static final int ID = 0x10;
    public static final int OFFSET = 0x40;

    public static final int DEVICE_CAPABILITIES = OFFSET + 0x04;
    public static final int DEVICE_CONTROL = OFFSET + 0x08;
    public static final int DEVICE_CAPABILITIES_2 = OFFSET + 0x24;

    /** Device Capabilities: Function Level Reset. */
    public static final int FUNCTION_LEVEL_RESET = 1 << 28;

    /** Device Control: starts a Function Level Reset; reads as 0. */
    public static final int INITIATE_RESET = 1 << 15;

    /** Device Control: packets may ask for relaxed ordering. */
    public static final int RELAXED_ORDERING = 1 << 4;

    /** Device Control: eight tag bits instead of five. */
    public static final int EXTENDED_TAG = 1 << 8;

    /** Device Capabilities 2: End-End TLP Prefix Supported. */
    public static final int END_END_PREFIXES = 1 << 21;

    private static final int EXTENDED_FORMAT = 1 << 20;
    private static final int ONE_PREFIX = 1 << 22;
    static final int POINTER = 0x34;
    private static final int PAYLOAD_SHIFT = 5;
    private static final int READ_REQUEST_SHIFT = 12;
    private static final int SIZE_MASK = 7;
    private static final int SMALLEST_SIZE_SHIFT = 7;
    private static final int WRITABLE =
            SIZE_MASK << PAYLOAD_SHIFT
                    | SIZE_MASK << READ_REQUEST_SHIFT
                    | EXTENDED_TAG
                    | RELAXED_ORDERING
                    | ErrorReporting.REPORT_ALL;

    private final ConfigurationSpace space;
    private final int controlAtStart;
    private Runnable resetRequested = () -> {};

    /**
     * @param maxPayload Max_Payload_Size supported and set, in bytes
     * @param maxReadRequest Max_Read_Request_Size set, in bytes
     */
    public ExpressCapability(ConfigurationSpace space, int maxPayload, int maxReadRequest) {
        this.space = space;
        this.controlAtStart =
                code(maxPayload) << PAYLOAD_SHIFT
                        | code(maxReadRequest) << READ_REQUEST_SHIFT
                        | EXTENDED_TAG
                        | RELAXED_ORDERING
                        | ErrorReporting.REPORT_ALL;
        int capabilities = code(maxPayload) | FUNCTION_LEVEL_RESET;
        int capabilities2 = EXTENDED_FORMAT | END_END_PREFIXES | ONE_PREFIX;
        space.define(POINTER, 1, OFFSET, 0, 0);
        space.define(OFFSET, 1, ID, 0, 0);
        space.define(DEVICE_CAPABILITIES, Integer.BYTES, capabilities, 0, 0);
        space.define(DEVICE_CONTROL, Short.BYTES, controlAtStart, WRITABLE, 0);
        space.define(DEVICE_CAPABILITIES_2, Integer.BYTES, capabilities2, 0, 0);
        space.listen(this::written);
    }

    /** Largest payload that the function may send, in bytes. */
    public int maxPayload() {
        return size(PAYLOAD_SHIFT);
    }

    /** Largest read that the function may send, in bytes. */
    public int maxReadRequest() {
        return size(READ_REQUEST_SHIFT);
    }

    /** Tags that the function may use. */
    public int tags() {
        return (control() & EXTENDED_TAG) != 0 ? 256 : 32;
    }

    /** Whether packets may ask for relaxed ordering. */
    public boolean relaxedOrdering() {
        return (control() & RELAXED_ORDERING) != 0;
    }

    /** Called when software starts a Function Level Reset. */
    public void onReset(Runnable action) {
        resetRequested = action;
    }

    /** Function level reset; packet sizes stay, as firmware restores them. */
    public void reset() {
        space.set(DEVICE_CONTROL, Short.BYTES, controlAtStart);
    }

    private int control() {
        return space.get(DEVICE_CONTROL, Short.BYTES);
    }

    private int size(int shift) {
        int code = Math.min(control() >>> shift & SIZE_MASK, code(4096));
        return 1 << code + SMALLEST_SIZE_SHIFT;
    }

    private static int code(int bytes) {
        return Integer.numberOfTrailingZeros(bytes) - SMALLEST_SIZE_SHIFT;
    }

    private void written(int at, int before, int written) {
        if (at == DEVICE_CONTROL && (written & INITIATE_RESET) != 0) {
            resetRequested.run();
        }
    }
}
