package svasim.kernel;

/** Answers choice points. */
@FunctionalInterface
public interface Choices {
    /** The plain run: every answer is 0. */
    Choices PLAIN = (site, occurrence, lane, options) -> 0;

    /**
     * @param site who asks
     * @param occurrence how often this site has asked before in this run, from 0
     * @param lane lane of the trace whose course is asked about: a task, a core, a link
     * @param options number of possible answers, at least 1
     * @return 0 to {@code options - 1}; 0 is the plain run's answer
     */
    int pick(Site site, long occurrence, int lane, int options);
}
