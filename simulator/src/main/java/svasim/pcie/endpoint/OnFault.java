package svasim.pcie.endpoint;

/** What a function does when the translation agent grants no sufficient access. */
public enum OnFault {
    /** Asks for the page through PRI and tries again; reports if PRI is off. */
    BLOCK,
    /** Ends the access with {@link DmaStatus#NO_TRANSLATION}. */
    REPORT,
    /** Has not asked: sends its packets untranslated even where ATS is on. */
    UNTRANSLATED
}
