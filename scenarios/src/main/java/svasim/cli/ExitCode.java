package svasim.cli;

/** What the process ends with; scripts depend on it. */
final class ExitCode {
    static final int GOOD = 0;

    /** An expectation does not hold, or a comparison found a difference. */
    static final int DIFFERENT = 1;

    /** The limit of time or events was reached. */
    static final int LIMIT = 2;

    static final int USAGE = 64;
    static final int BAD_INPUT = 65;
    static final int NO_INPUT = 66;
    static final int OUR_BUG = 70;
    static final int CANNOT_WRITE = 73;
    static final int IO_ERROR = 74;

    /** A signal ended the run; what was measured so far is marked as partial. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
