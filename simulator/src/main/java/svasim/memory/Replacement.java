package svasim.memory;

/** Which way of a full set a new entry takes. */
public enum Replacement {
    /** The one that was not used for the longest time. */
    LRU,
    /** The one that was filled first. */
    FIFO
}
