package svasim.os.iommu;

import svasim.os.reference.Counter;
import svasim.os.reference.Node;
import svasim.os.task.Platform;
import svasim.trace.Kind;

/**
 * What software keeps of the page faults of one device (iommu_fault_param): it is there from the
 * first user of the faults to the last, and as long as a group is under way.
 */
final class DeviceFaults {
    private static final String QUEUE = "the queue";
    private static final String GROUPS = "groups";
    private static final String BONDS = "bonds";

    private final Platform platform;
    private final String device;

    /** Bonds that need the device's page faults (iopf_refcount). */
    private final Counter users;

    /** Who keeps {@link #parameter}: the queue, and groups. */
    private final Counter references;

    /** The device itself, held by who handles one of its requests. */
    private final Counter lookUps;

    private Node parameter;

    DeviceFaults(PciDevice device, int lane, Platform platform) {
        this.platform = platform;
        this.device = device.name();
        int requesterId = device.requesterId();
        this.users =
                new Counter(platform.trace(), Kind.FAULT_USER, lane, requesterId, "iopf_refcount");
        this.references =
                new Counter(platform.trace(), Kind.FAULT_USER, lane, requesterId, "fault_param");
        this.lookUps =
                new Counter(platform.trace(), Kind.DEVICE_REFERENCE, lane, requesterId, "refcount");
    }

    private void newParameter() {
        parameter = platform.references().node("fault parameter of " + device);
        references.get(QUEUE);
    }

    /** A user more; the first one makes a parameter if the device has lost its own. */
    void addUser() {
        users.get(BONDS);
        if (references.value() == 0) {
            newParameter();
        }
    }

    /**
     * A user less; perhaps one that never was, as only a bug lets happen.
     *
     * @return true if none is left
     */
    boolean removeUser() {
        boolean last = users.value() > 0 ? users.put(BONDS) : users.putOfOther(BONDS);
        return last || users.value() < 0;
    }

    boolean hasUsers() {
        return users.value() > 0;
    }

    /** The parameter as it is now, or null; who keeps it without a reference may find it gone. */
    Node parameter() {
        return references.value() > 0 ? parameter : null;
    }

    /** Software looks at a parameter that it has found before, or has found none. */
    void use(Node found) {
        if (found != null) {
            platform.references().used(found);
        }
    }

    /** A group holds the parameter, if there is one. */
    void get() {
        if (references.value() > 0) {
            references.get(GROUPS);
        }
    }

    /** The group is done with. */
    void put() {
        if (references.holders().containsKey(GROUPS)) {
            freeIf(references.put(GROUPS));
        }
    }

    /** The device leaves the queue of its unit; groups may hold the parameter still. */
    void leaveQueue() {
        if (references.holders().containsKey(QUEUE)) {
            freeIf(references.put(QUEUE));
        }
    }

    private void freeIf(boolean last) {
        if (last) {
            platform.references().freed(parameter);
        }
    }

    /** A request of the device is being handled, and the device held meanwhile. */
    void getDevice() {
        lookUps.get("request");
    }

    void putDevice() {
        lookUps.put("request");
    }
}
