package svasim.paging;

/** On behalf of what a walk met its fault. */
public enum WalkPlace {
    /**
     * The first table: of the stage that faulted, or, in a nested walk, the second stage was
     * looking for the first table of the first stage.
     */
    ROOT,
    /**
     * A later table: of the stage that faulted, or, in a nested walk, the second stage was looking
     * for a later table of the first stage.
     */
    TABLE,
    /**
     * The address that is asked for: it does not fit the stage, may not be accessed so, or, in a
     * nested walk, the second stage was looking for the output of the first stage. A fault of the
     * second stage with this place has nothing to do with tables of the first.
     */
    INPUT
}
