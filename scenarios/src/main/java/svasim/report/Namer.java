package svasim.report;

/** Names for the numbers that parts use. */
public interface Namer {
    /** Nothing has a name. */
    Namer NONE =
            new Namer() {
                @Override
                public String process(long mm) {
                    return null;
                }

                @Override
                public String device(long requesterId) {
                    return null;
                }
            };

    /** Name of the process with this address space, or null. */
    String process(long mm);

    /** Name of the device with this requester ID, or null. */
    String device(long requesterId);

    /**
     * Name of the buffer of this address space at an address, with that of its process, or null.
     */
    default String buffer(long mm, long va) {
        return null;
    }

    /** What the unit calls the fault with this code. */
    default String fault(long code) {
        return "code " + Long.toHexString(code) + "h";
    }

    /**
     * Names for the numbers of an observation.
     *
     * @param lane of the observation: those of guests have numbers of their own
     */
    default Namer in(int lane) {
        return this;
    }
}
