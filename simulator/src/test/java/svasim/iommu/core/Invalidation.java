package svasim.iommu.core;

import java.util.Set;

/**
 * One command of software that removes something from a unit's caches, with the wait for it.
 *
 * @param name for messages
 * @param command sends it; no time passes
 * @param reaches what is removed by it; everything else must stay
 */
public record Invalidation(String name, Runnable command, Set<Reach> reaches) {
    /** Parts of what a unit remembers. */
    public enum Reach {
        /** The translation of the page that is named. */
        PAGE,
        /** The translation of the page beside it. */
        NEXT_PAGE,
        /** The translation of the same page of another address space. */
        OTHER_SPACE,
        /** Which tables belong to the address space. */
        CONFIGURATION
    }
}
