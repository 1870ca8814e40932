package svasim.device;

import svasim.os.procedure.Call;

/** Work that a program has handed to a device; ends when software can see that it is done. */
public interface Job {
    /**
     * Polls in the program's own memory until the job has ended. May be run more than once, and by
     * several threads.
     */
    Call<?> await();

    /** The outcome, or null as long as {@link #await} has not seen the end. */
    JobResult result();
}
