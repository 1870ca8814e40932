package svasim.pcie.config;

import java.util.ArrayList;
import java.util.List;

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

    /** Those that send through the interface: the function and its virtual functions. */
    private final List<User> users = new ArrayList<>();

    private int outstanding;

    /** A function that sends page requests. */
    public interface User {
        /** Software has changed Enable. */
        void enableChanged();

        /** Software resets the interface: everything pending is dropped. */
        void resetRequested();

        /** An error bit was set: the interface has stopped. */
        void failed();
    }

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
        users.forEach(User::failed);
    }

    /** Page requests of all functions that are not answered. */
    public int outstanding() {
        return outstanding;
    }

    /** A function has sent requests, or, with a negative number, has got answers to so many. */
    public void count(int requests) {
        outstanding += requests;
        tellStopped();
    }

    /** Adds a function that sends through the interface. */
    public void add(User user) {
        users.add(user);
    }

    /** Function level reset. */
    public void reset() {
        space.set(offset + CONTROL, Short.BYTES, 0);
        space.set(offset + STATUS, Short.BYTES, status() & ~ERRORS);
        tellStopped();
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
            users.forEach(User::resetRequested);
        }
        if (wasEnabled != enabled()) {
            users.forEach(User::enableChanged);
            tellStopped();
        }
    }

    /** Disabled, and all earlier requests are answered. */
    private void tellStopped() {
        boolean stopped = !enabled() && outstanding == 0;
        space.set(offset + STATUS, Short.BYTES, status() & ~STOPPED | (stopped ? STOPPED : 0));
    }
}
