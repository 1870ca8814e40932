package svasim.os.file;

import svasim.os.procedure.Call;

/** Work that a program has handed to a device; ends when software can see that it is done. */
public interface Job {
    /**
     * Polls in the program's own memory until the job has ended. May be run more than once, and by
     * several threads.
     *
     * @param thread who waits; the polling ends early when a signal is pending for it
     */
    Call<?> await(Waiting thread);

    /** The outcome, or null as long as {@link #await} has not seen the end. */
    JobResult result();

    /** The thread that waits, as far as the wait needs it. */
    @FunctionalInterface
    interface Waiting {
        /** Whether the thread has been killed and should not go on in user mode. */
        boolean signalPending();
    }
}
