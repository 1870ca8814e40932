package svasim.os.program;

/** Signals, with what they do to a program that does not handle them (signal(7)). */
public enum Signal {
    SIGTERM(Action.TERMINATE),
    SIGUSR1(Action.TERMINATE),
    /** Ends the process, whose memory is written to a file before. */
    SIGABRT(Action.DUMP_CORE),
    SIGSTOP(Action.STOP),
    SIGCONT(Action.CONTINUE),
    SIGCHLD(Action.IGNORE),
    SIGKILL(Action.TERMINATE);

    private final Action action;

    /** What happens to the process. */
    public enum Action {
        TERMINATE,
        /** As {@link #TERMINATE}, but the address space stays until it has been written out. */
        DUMP_CORE,
        /** Its threads stop at their next way back to user mode. */
        STOP,
        CONTINUE,
        IGNORE
    }

    Signal(Action action) {
        this.action = action;
    }

    public Action action() {
        return action;
    }
}
