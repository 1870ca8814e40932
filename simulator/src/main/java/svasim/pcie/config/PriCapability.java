package svasim.pcie.config;

/**
 * Page Request Interface extended capability (PCI Express Base 5.0, 10.5.2; layout after Linux
 * {@code pci_regs.h}).
 */
public final class PriCapability {
    public static final int ID = 0x0013;

    /** Offset of the control register, 16 bits. */
    public static final int CONTROL = 4;

    /** Offset of the status register, 16 bits. */
    public static final int STATUS = 6;

    /** Offset of Outstanding Page Request Capacity, 32 bits. */
    public static final int CAPACITY = 8;

    /** Offset of Outstanding Page Request Allocation, 32 bits. */
    public static final int ALLOCATION = 0xC;

    public static final int ENABLE = 1;

    /** Takes effect only while Enable is 0; reads as 0. */
    public static final int RESET = 1 << 1;

    /** RF: a Response Failure was received; write 1 to clear. */
    public static final int RESPONSE_FAILURE = 1;

    /** UPRGI: a response came for a group that was not outstanding; write 1 to clear. */
    public static final int UNEXPECTED_GROUP = 1 << 1;

    public static final int STOPPED = 1 << 8;
    public static final int RESPONSE_PASID_REQUIRED = 1 << 15;

    private static final int BYTES = 0x10;
    private static final int ERRORS = RESPONSE_FAILURE | UNEXPECTED_GROUP;

    private final ConfigurationSpace space;
    private final int offset;
    private Runnable changed = () -> {};
    private Runnable resetRequested = () -> {};

    /**
     * Appends the capability.
     *
     * @param capacity page requests that the function can have outstanding
     */
    public PriCapability(ConfigurationSpace space, int capacity, boolean responsePasid) {
        this.space = space;
        this.offset = space.appendExtended(ID, 1, BYTES);
        int status = STOPPED | (responsePasid ? RESPONSE_PASID_REQUIRED : 0);
        space.define(offset + CONTROL, Short.BYTES, 0, ENABLE, 0);
        space.define(offset + STATUS, Short.BYTES, status, 0, ERRORS);
        space.define(offset + CAPACITY, Integer.BYTES, capacity, 0, 0);
        space.define(offset + ALLOCATION, Integer.BYTES, 0, -1, 0);
        space.listen(this::written);
    }

    public boolean enabled() {
        return (space.get(offset + CONTROL, Short.BYTES) & ENABLE) != 0;
    }

    /** Page requests that may be outstanding: the least of capacity and allocation. */
    public int allocation() {
        int capacity = space.get(offset + CAPACITY, Integer.BYTES);
        int allocation = space.get(offset + ALLOCATION, Integer.BYTES);
        return Integer.compareUnsigned(allocation, capacity) < 0 ? allocation : capacity;
    }

    public boolean responsePasidRequired() {
        return (status() & RESPONSE_PASID_REQUIRED) != 0;
    }

    /** Whether RF or UPRGI is set: the interface sends nothing then. */
    public boolean failed() {
        return (status() & ERRORS) != 0;
    }

    /**
     * Hardware sets an error bit.
     *
     * @param error {@link #RESPONSE_FAILURE} or {@link #UNEXPECTED_GROUP}
     */
    public void fail(int error) {
        space.set(offset + STATUS, Short.BYTES, status() | error);
    }

    /** Hardware sets or clears Stopped. */
    public void stopped(boolean value) {
        int others = status() & ~STOPPED;
        space.set(offset + STATUS, Short.BYTES, others | (value ? STOPPED : 0));
    }

    /** Called after each change of Enable. */
    public void onChange(Runnable action) {
        changed = action;
    }

    /** Called when software writes Reset while Enable is 0. */
    public void onReset(Runnable action) {
        resetRequested = action;
    }

    /** Function level reset. */
    public void reset() {
        space.set(offset + CONTROL, Short.BYTES, 0);
        space.set(offset + STATUS, Short.BYTES, status() & ~ERRORS | STOPPED);
        space.set(offset + ALLOCATION, Integer.BYTES, 0);
    }

    private int status() {
        return space.get(offset + STATUS, Short.BYTES);
    }

    private void written(int at, int before, int written) {
        if (at == offset + CONTROL) {
            controlWritten((before & ENABLE) != 0, written);
        } else if (at == offset + ALLOCATION && enabled()) {
            space.set(at, Integer.BYTES, before);
        }
    }

    private void controlWritten(boolean wasEnabled, int written) {
        if ((written & RESET) != 0 && !enabled()) {
            resetRequested.run();
        }
        if (wasEnabled != enabled()) {
            changed.run();
        }
    }
}
