package svasim.models.rogue;

/** What the function does that it should not do; the ordinal is what the driver writes. */
public enum Attack {
    /** Nothing: it reads its buffer and writes it back, as an honest function does. */
    NONE,
    /** Searches physical memory with translated requests that nobody has translated for it. */
    FORGED_TRANSLATION,
    /** Tries PASIDs that were not given to it, at the address of its own buffer. */
    FOREIGN_PASID,
    /** Asks for the translation of its buffer, and keeps it whatever is invalidated later. */
    KEEP_TRANSLATION,
    /** Uses the translation that it has kept. */
    STALE_TRANSLATION,
    /** Does not answer the next invalidations. */
    IGNORED_INVALIDATIONS,
    /** Answers the next invalidations as soon as they come, and does nothing about them. */
    EARLY_ANSWERS,
    /** Asks for pages as fast as the link lets it, whatever number it was allowed. */
    PAGE_REQUEST_FLOOD,
    /** Answers the reads of another function, with data of its own. */
    FORGED_COMPLETIONS,
    /** Says that another function has completed its invalidations, one tag after another. */
    FORGED_INVALIDATION_COMPLETIONS,
    /** Sends one of each packet that no function has to send, or that answers nothing. */
    STRAY_PACKETS,
    /** Goes on to write to its buffer, whatever is reset or switched off. */
    AFTER_RESET;

    private static final Attack[] ALL = values();

    static Attack of(long code) {
        return ALL[(int) code];
    }
}
