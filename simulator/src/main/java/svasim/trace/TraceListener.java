package svasim.trace;

/** Reads the stream of observations. */
public interface TraceListener {
    /** Asked once, when the listener is added. */
    boolean wants(Kind kind);

    /**
     * Whether it also hears what virtual machines tell, whose numbers (of address spaces, PASIDs,
     * functions) are their own; asked once, when the listener is added.
     */
    default boolean hearsGuests() {
        return false;
    }

    /**
     * Something happened.
     *
     * @param id number of this observation, rising
     * @param cause observation that led to this one, or 0
     * @param timePs when, in picoseconds
     * @param lane where: a number for {@link Trace#laneName}
     * @param a as {@link Kind#fields} says; so are b and c
     * @param subject the immutable record or the name that the observation is about, or null
     */
    void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject);
}
