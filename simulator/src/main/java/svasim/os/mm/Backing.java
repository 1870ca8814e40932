package svasim.os.mm;

import svasim.os.reference.Node;

/** What a mapping keeps alive: an open file, as the mapping sees it. */
public interface Backing {
    /** The backing in the graph of references. */
    Node node();

    /** Whether what was behind the mapping is gone; an access there ends in a signal. */
    default boolean isGone() {
        return false;
    }

    /** Takes a reference. */
    void get(String holder);

    /** Gives a reference back; what the last one starts may be put off. */
    void put(String holder);
}
