package svasim.kernel;

/** A part that receives events. */
@FunctionalInterface
public interface EventHandler {
    /**
     * One event is due.
     *
     * @param nowPs the time, in picoseconds from the start
     * @param kind which of the part's own kinds of event this is
     * @param data what the part gave when it scheduled the event
     */
    void handle(long nowPs, int kind, long data);
}
