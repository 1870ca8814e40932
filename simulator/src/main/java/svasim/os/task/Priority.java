package svasim.os.task;

/** Who goes first on a core; in the order of rising urgency. */
public enum Priority {
    /** Threads of processes. */
    USER,
    /** Kernel threads and workers. */
    KERNEL,
    /** Threaded interrupt handlers. */
    INTERRUPT
}
