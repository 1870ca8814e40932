package svasim.explore;

/** Who looks at a search, and may end it. */
public interface Watch {
    /** Nobody. */
    Watch NONE =
            new Watch() {
                @Override
                public boolean isOver() {
                    return false;
                }

                @Override
                public void ended(int runs) {}
            };

    /** Whether the search is to end before it is through; what it has found counts. */
    boolean isOver();

    /** So many runs have been made. */
    void ended(int runs);
}
