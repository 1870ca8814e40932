package svasim.explore;

/**
 * An order in which schedules are tried. What it proposes may depend on the runs before only
 * through {@link #learn}, so that several runs can be made at once without changing what is found.
 */
interface Strategy {
    /** Answers for the next run; null if there is none to propose at the moment. */
    Answers next();

    /** Whether it has to be shown what runs asked. */
    default boolean learns() {
        return false;
    }

    /** A run that it proposed has not failed; told in the order of proposing. */
    default void learn(Attempt attempt) {}
}
