package svasim.check;

import java.util.Set;
import svasim.trace.Kind;

/** One statement that must hold throughout a run. */
interface Invariant {
    /** Number in the catalogue, for example {@code "I-01"}. */
    String id();

    /** The statement, in one sentence. */
    String statement();

    /** Observations that the invariant needs to see. */
    Set<Kind> watches();

    /**
     * Something that is watched happened; broken statements go to the docket.
     *
     * @param seen is used again for what happens later
     */
    void on(Observation seen, Docket docket);

    /** The run is over and the machine quiet. */
    default void atEnd(Docket docket) {}
}
