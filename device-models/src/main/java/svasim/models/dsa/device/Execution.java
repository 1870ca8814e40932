package svasim.models.dsa.device;

/** A descriptor in an engine; tells the engine once when it is over. */
interface Execution {
    /** Begins; may be over within the call. */
    void begin(long nowPs);

    /**
     * Makes no further access; over once those under way have ended, which the caller sees to. May
     * come before {@link #begin}, and then begins nothing.
     */
    void abort(long nowPs);

    /** What it waits for, for reports of hangs. */
    String waitingFor();
}
