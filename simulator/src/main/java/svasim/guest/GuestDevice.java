package svasim.guest;

import svasim.units.Require;

/**
 * A device of a guest.
 *
 * @param assign device of the machine that the guest has for itself: a function or a virtual
 *     function
 * @param compose device of the machine of which the guest has a part
 * @param queue that part, the name of a work queue; only with {@code compose}
 */
public record GuestDevice(String assign, String compose, String queue) {
    public GuestDevice {
        Require.that(
                (assign == null) != (compose == null),
                "assign",
                assign,
                "either a device here or one under \"compose\"");
        Require.that(
                (compose == null) == (queue == null),
                "queue",
                queue,
                "a work queue with \"compose\", and only there");
    }

    /** A whole function. */
    public static GuestDevice assigned(String device) {
        return new GuestDevice(device, null, null);
    }

    /** Name of the machine's device. */
    public String physical() {
        return assign == null ? compose : assign;
    }
}
